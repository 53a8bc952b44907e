import { describe, expect, test } from 'vitest';
import { createAuthorise } from './authorise.ts';
import { createIdentify, type Headers } from './identify.ts';

const identify = createIdentify(createAuthorise({ now: () => 0 }));
const forwarded = async (headers: Headers) => {
  const client = await identify(headers, 'r1');
  return 'forwarded' in client ? client.forwarded : client;
};

const traceId = 'a'.repeat(32);
const spanId = 'b'.repeat(16);
const tracestate = 'vendor=1,other=2';

describe("a request's trace", () => {
  test.each([
    ['of version 00', `00-${traceId}-${spanId}-01`],
    ['of a later version', `01-${traceId}-${spanId}-03`],
    ['of a later version with more fields', `cc-${traceId}-${spanId}-03-more`],
  ])('%s is passed on', async (_what, traceparent) => {
    expect(await forwarded({ traceparent, tracestate })).toEqual({
      traceparent,
      tracestate,
      'x-request-id': 'r1',
    });
  });

  test.each([
    ['nonsense', 'nonsense'],
    ['nothing', ''],
    ['a version that is forbidden', `ff-${traceId}-${spanId}-01`],
    ['no trace', `00-${'0'.repeat(32)}-${spanId}-01`],
    ['no span', `00-${traceId}-${'0'.repeat(16)}-01`],
    ['capitals', `00-${traceId.toUpperCase()}-${spanId}-01`],
    ['an id that is too short', `00-${traceId.slice(1)}-${spanId}-01`],
    ['an id that is too long', `00-${traceId}a-${spanId}-01`],
    ['more fields than version 00 has', `00-${traceId}-${spanId}-01-more`],
    ['text behind a later version', `01-${traceId}-${spanId}-01more`],
    ['a line break', `00-${traceId}-${spanId}-01\n`],
    ['several', [`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-01`]],
    ['none', undefined],
  ])('of %s is dropped, with its state', async (_what, traceparent) => {
    expect(await forwarded({ traceparent, tracestate })).toEqual({ 'x-request-id': 'r1' });
  });

  test.each([
    ['too long', 'a=1,'.repeat(200)],
    ['no header', 'a=1\r\nx-injected: 1'],
  ])('loses a state that is %s', async (_what, state) => {
    const traceparent = `00-${traceId}-${spanId}-01`;
    expect(await forwarded({ traceparent, tracestate: state })).toEqual({
      traceparent,
      'x-request-id': 'r1',
    });
  });
});

test('credentials that no header can hold are refused', async () => {
  expect(await forwarded({ authorization: 'a\r\nx-injected: 1' })).toMatchObject({
    status: 401,
    errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
  });
  expect(await forwarded({ authorization: 'token' })).toEqual({
    authorization: 'token',
    'x-request-id': 'r1',
  });
});
