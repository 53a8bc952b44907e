import { CombinedError } from '@urql/core';
import { expect, test } from 'vitest';
import { problemOf } from './problem.ts';

test.each([
  [
    {
      message: '"input.seatQty" must be 1 or more.',
      extensions: { code: 'BAD_USER_INPUT', field: 'input.seatQty' },
    },
    { code: 'BAD_USER_INPUT', field: 'seatQty' },
  ],
  [{ message: 'away', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }, { code: 'SUBGRAPH_UNAVAILABLE' }],
  [{ message: 'odd' }, { code: 'INTERNAL_SERVER_ERROR', field: undefined }],
])('%j', (error, expected) => {
  expect(problemOf(new CombinedError({ graphQLErrors: [error] }))).toMatchObject(expected);
});

test('without a response the code is NETWORK', () => {
  expect(problemOf(new CombinedError({ networkError: new TypeError('fetch failed') })).code).toBe('NETWORK');
});
