import { describe, expect, test } from 'vitest';
import type { GraphQLResponse } from './graphql-client.ts';

/** Makes the mutation with the change, on a service of its own; returns the responses by which a client sees what it has done. */
type Seen = (change: Readonly<Record<string, unknown>>) => Promise<readonly GraphQLResponse[]>;

/**
 * Declares the tests that each field of a mutation's input, or each of its arguments, has an effect: with its value here, what is
 * `seen` is not what is seen without. Services check and drop fields silently otherwise, and no type shows it.
 */
export function eachHasAnEffect<Input>(values: Readonly<Record<keyof Input, unknown>>, seen: Seen): void {
  const succeeded = async (change: Parameters<Seen>[0]) => {
    const responses = await seen(change);
    expect(responses.flatMap(({ errors = [] }) => errors)).toEqual([]);
    return responses;
  };

  describe('each field of its input has an effect', () => {
    test.each(Object.entries(values))('%s', async (field, value) => {
      const changed = await succeeded({ [field]: value });
      expect(
        changed,
        `"${field}" is accepted, and has no effect: use it, or take it out of the SDL`,
      ).not.toEqual(await succeeded({}));
    });

    test('control: without a change, the same is seen again', async () => {
      expect(await succeeded({})).toEqual(await succeeded({}));
    });
  });
}
