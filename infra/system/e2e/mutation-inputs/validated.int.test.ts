import { services } from '@airline/schema/events';
import { describe, expect, test } from 'vitest';
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

const isChecked = async (mutation: Mutation, { path, type, with: given }: Leaf): Promise<boolean> => {
  for (const value of EXTREMES[type.name] ?? []) {
    const [effect] = await effectsOf(mutation, [given(value)]);
    const [error] = effect?.response.errors ?? [];
    if (error?.extensions?.code === 'BAD_USER_INPUT' && error.extensions.field === path) return true;
  }
  return false;
};

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
