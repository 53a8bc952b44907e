import { services } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { effectsOf } from './effects.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

// The router sends a mutation with this tag again when a connection ends meanwhile, under the key of the first time.

const mutations = services.flatMap(mutationsOf);
const tagged = mutations.filter(({ isTaggedIdempotent }) => isTaggedIdempotent);
const again = async (mutation: Mutation, one = mutation.required, other = one) => {
  const [first, second] = await effectsOf(mutation, [one, other], { 'idempotency-key': '"k1"' });
  expect(first?.response.errors).toBeUndefined();
  return { first, second };
};

test.each(tagged)(
  '$name, which is tagged as idempotent, does the same once when it is sent again',
  async (mutation) => {
    const { first, second } = await again(mutation);
    expect(first?.rows).not.toEqual([]);
    expect(second).toEqual(first);
  },
);

const optional = tagged.flatMap((mutation) =>
  mutation.leaves
    .filter(({ isOptional }) => isOptional)
    .map(({ path, with: given }) => ({ name: `${mutation.name} ${path}`, mutation, given })),
);

test.each(optional)(
  '$name is left out one time and null the other, of one request',
  async ({ mutation, given }) => {
    for (const [one, other] of [
      [null, undefined],
      [undefined, null],
    ]) {
      const { first, second } = await again(mutation, given(one), given(other));
      expect(second, `${other} after ${one}: compare the two as the same`).toEqual(first);
    }
  },
);

test('control: some are tagged, and one that is not does it twice', async () => {
  expect(tagged).not.toEqual([]);
  expect(optional).not.toEqual([]);
  const [untagged] = mutations.filter(({ name }) => name === 'registerFlight');
  if (!untagged) throw new Error('There is no registerFlight.');
  const { first, second } = await again(untagged);
  expect(second?.rows).toHaveLength(2 * (first?.rows.length ?? 0));
});
