import { services } from '@airline/schema/events';
import { present } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { boundsIn } from './bounds.ts';
import { effectsOf } from './effects.ts';
import { type Leaf, type Mutation, mutationsOf } from './mutations.ts';

// What GraphQL takes is more than what any field means: one that refuses none of these is not checked at all.

const TEXTS = ['', ' ', 'x'.repeat(1000)];
const EXTREMES: Readonly<Record<string, readonly unknown[]>> = {
  ID: TEXTS,
  String: TEXTS,
  Int: [-(2 ** 31), 2 ** 31 - 1],
  SafeInt: [-(2 ** 31), Number.MAX_SAFE_INTEGER],
};

/** What may be anything, and why. */
const UNCHECKED: readonly (readonly [field: RegExp, why: string])[] = [
  [/^recountCustomerInfos after$/, 'a place among sorted ids, which need not be one'],
  [/DeadLetters event(Ids\.0|Type)$/, 'nothing is stored: it finds letters, or none'],
];

async function isRefused(mutation: Mutation, { path, with: given }: Leaf, value: unknown): Promise<boolean> {
  const [effect] = await effectsOf(mutation, [given(value)]);
  const [error] = effect?.response.errors ?? [];
  return error?.extensions?.code === 'BAD_USER_INPUT' && error.extensions.field === path;
}

async function isChecked(mutation: Mutation, leaf: Leaf): Promise<boolean> {
  for (const value of EXTREMES[leaf.type.name] ?? []) {
    if (await isRefused(mutation, leaf, value)) return true;
  }
  return false;
}

/** What a description says of bounds and is not so. */
async function wrongBounds(mutation: Mutation, leaf: Leaf): Promise<string[]> {
  const wrong: string[] = [];
  for (const { value, isWithin } of boundsIn(leaf.description)) {
    if ((await isRefused(mutation, leaf, value)) !== isWithin) continue;
    const shown = typeof value === 'string' ? `a text of ${value.length}` : value;
    wrong.push(`${shown} is ${isWithin ? 'refused' : 'taken'}`);
  }
  return wrong;
}

const fields = services
  .flatMap(mutationsOf)
  .flatMap((mutation) =>
    mutation.leaves
      .filter(({ type }) => EXTREMES[type.name])
      .map((leaf): [string, Mutation, Leaf] => [`${mutation.name} ${leaf.path}`, mutation, leaf]),
  );

describe('each text and number that a mutation takes is checked', () => {
  test.each(fields)('%s', async (title, mutation, leaf) => {
    expect(
      await isChecked(mutation, leaf),
      `"${leaf.path}" takes each of its type's extremes: pass it through \`validate\`, or say in UNCHECKED why not`,
    ).toBe(!UNCHECKED.some(([field]) => field.test(title)));
  });
});

describe('the bounds that a description states are those by which a mutation checks', () => {
  test.each(fields.filter(([, , { description }]) => /\d/.test(description)))(
    '%s',
    async (_, mutation, leaf) => {
      expect(await wrongBounds(mutation, leaf), `correct the schema, or "${leaf.description}"`).toEqual([]);
    },
  );

  test('control: bounds that are too low or too high are found, and so are numbers in other words', async () => {
    const found = fields.find(([title]) => title === 'placeReservation input.seatQty');
    const [, mutation, leaf] = present(found, 'seatQty');
    const wrongIn = (description: string) => wrongBounds(mutation, { ...leaf, description });
    expect(await wrongIn('From 0 to 1001.')).toEqual(['0 is refused', '1001 is refused']);
    expect(await wrongIn('From 2 to 999.')).toEqual(['1 is taken', '1000 is taken']);
    expect(() => boundsIn('Up to 1000 seats, by ISO 4217.')).toThrow('What is 1000 in');
    expect(boundsIn('In AT MOST 2 characters').map(({ value }) => value)).toEqual(['xx', 'xxx']);
  });
});
