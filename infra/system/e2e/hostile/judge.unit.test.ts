import { expect, test } from 'vitest';
import { faultOf, faultOfConversation } from './judge.ts';

const refused = (code?: string) => JSON.stringify({ errors: [{ message: 'no', extensions: { code } }] });

test.each([
  ['data', 200, '{"data":{"a":1}}'],
  ['a refusal', 400, refused('BAD_REQUEST')],
  ['what is no GraphQL', 404, 'Not Found'],
])('%s is right', (_what, status, body) => {
  expect(faultOf([{ status, body }])).toBeUndefined();
});

test.each([
  ['a fault of the server', 500, refused('BAD_REQUEST')],
  ['a masked error', 200, refused('INTERNAL_SERVER_ERROR')],
  ['a subgraph that was taken down', 200, refused('SUBGRAPH_UNAVAILABLE')],
  ['an error without a code', 400, refused()],
  ['a response without anything', 200, '{}'],
  ['errors that are none', 400, '{"errors":[]}'],
])('%s is not', (_what, status, body) => {
  expect(
    faultOf([
      { status: 200, body: '{"data":{}}' },
      { status, body },
    ]),
  ).toBeDefined();
});

test('a conversation ends as the protocol has it, with errors of the client alone', () => {
  const error = { type: 'error', payload: [{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }] };
  expect(faultOfConversation({ messages: [error], closed: 1000 })).toBeUndefined();
  expect(faultOfConversation({ messages: [], closed: 4400 })).toBeUndefined();
  expect(faultOfConversation({ messages: [], closed: 1011 })).toBeDefined();
  const fault = { type: 'error', payload: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] };
  expect(faultOfConversation({ messages: [fault], closed: 1000 })).toBeDefined();
});
