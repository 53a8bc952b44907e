import { anonymous, type Caller, everyone, type Role } from '@airline/service/server';
import { describe, expect, test } from 'vitest';
import { createAddressOf } from '../admission/address.ts';
import { authorityOf, OPERATOR } from '../request.ts';
import { createIdentify, type Headers } from './identify.ts';

const identify = createIdentify({
  authorise: () => authorityOf(anonymous),
  addressOf: () => '192.0.2.1',
});
const request = { headers: {}, rawHeaders: [], socket: { remoteAddress: '192.0.2.1' } };
const forwarded = async (headers: Headers) => {
  const client = await identify(request, 'r1', headers);
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

describe('whose requests count together', () => {
  const sourceOf = async (caller: Caller) => {
    const identifySource = createIdentify({
      authorise: () => authorityOf(caller),
      addressOf: () => '192.0.2.1',
    });
    const client = await identifySource(request, 'r1');
    return 'source' in client ? client.source : client;
  };
  const known = (subject: string, ...roles: Role[]): Caller => ({ subject, roles, scopes: [] });

  test('those of one subject, wherever they come from', async () => {
    expect(await sourceOf(known('ada', 'customer'))).toBe('user:ada');
    expect(await sourceOf(known('operator', 'staff'))).toBe('user:operator');
  });

  test('or of all operators', async () => {
    expect(await sourceOf(known('ada', 'staff', 'operator'))).toBe(OPERATOR);
  });

  test('or else those of an address, also in an open system', async () => {
    expect(await sourceOf(anonymous)).toBe('address:192.0.2.1');
    expect(await sourceOf(everyone)).toBe('address:192.0.2.1');
    // No subject has the name of an address.
    expect(await sourceOf(known('address:192.0.2.1', 'customer'))).toBe('user:address:192.0.2.1');
  });

  test('are those of the request that was upgraded, whatever a WebSocket sends in place of headers', async () => {
    const identifyHere = createIdentify({
      authorise: () => authorityOf(anonymous),
      addressOf: createAddressOf({ header: 'x-forwarded-for' }),
    });
    const upgraded = {
      ...request,
      headers: { 'x-forwarded-for': '192.0.2.1' },
      socket: { remoteAddress: '10.0.0.1' },
    };
    const claimed = { ...upgraded.headers, 'x-forwarded-for': '203.0.113.9' };
    expect(await identifyHere(upgraded, 'r1', claimed)).toMatchObject({ source: 'address:192.0.2.1' });
  });
});

test('several credentials are refused, as one of them may be checked and another used', async () => {
  const refused = { status: 401, errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] };
  expect(await forwarded({ authorization: ['Bearer a', 'Bearer b'] })).toMatchObject(refused);
  const repeated = ['Authorization', 'Bearer a', 'x-other', 'authorization', 'authorization', 'Bearer b'];
  expect(await identify({ ...request, rawHeaders: repeated }, 'r1')).toMatchObject(refused);
  const once = ['Authorization', 'authorization', 'x-other', 'authorization'];
  expect(await identify({ ...request, rawHeaders: once }, 'r1')).toMatchObject({
    source: expect.any(String),
  });
});
