import { services } from '@airline/schema/events';
import { expect, test } from 'vitest';
import { effectsOf } from './effects.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

// The router sends a mutation with this tag again when a connection ends meanwhile, under the key of the first time.

const mutations = services.flatMap(mutationsOf);
const again = async (mutation: Mutation) => {
  const { required } = mutation;
  const [first, second] = await effectsOf(mutation, [required, required], { 'idempotency-key': '"k1"' });
  expect(first?.response.errors).toBeUndefined();
  return { first, second };
};

test.each(mutations.filter(({ isTaggedIdempotent }) => isTaggedIdempotent))(
  '$name, which is tagged as idempotent, does the same once when it is sent again',
  async (mutation) => {
    const { first, second } = await again(mutation);
    expect(first?.rows).not.toEqual([]);
    expect(second).toEqual(first);
  },
);

test('control: some are tagged, and one that is not does it twice', async () => {
  expect(mutations.filter(({ isTaggedIdempotent }) => isTaggedIdempotent)).not.toEqual([]);
  const [untagged] = mutations.filter(({ name }) => name === 'registerFlight');
  if (!untagged) throw new Error('There is no registerFlight.');
  const { first, second } = await again(untagged);
  expect(second?.rows).toHaveLength(2 * (first?.rows.length ?? 0));
});
