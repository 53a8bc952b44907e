import { callerExtensions, callerHeader, identityEnv } from '@airline/testing/identity';
import { describe, expect, test } from 'vitest';
import { anonymous, type Caller, everyone } from '../identity/caller.ts';
import { serveSample } from './sample.fixture.ts';

const query = 'subscription ($id: ID) { balanceChanged(id: $id) { id caller } }';
const variables = { id: 'a' };
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };
const start = () => serveSample({ subgraphSecret: identityEnv.SUBGRAPH_SECRET });
const unauthenticated = [{ extensions: { code: 'UNAUTHENTICATED' } }];

describe('a subscription at a subgraph with a secret', () => {
  test.each([kim, anonymous, { ...kim, roles: [] }])('is on behalf of %j', async (caller) => {
    const { subscribe, pay } = await start();
    await pay('a');
    const { all } = subscribe(query, variables, callerExtensions('flight', caller, { query, variables }));
    const told = JSON.stringify(caller);
    expect((await all(1))[0]?.data).toEqual({ balanceChanged: { id: 'a', caller: told } });
  });

  test.each([
    ['no token', {}],
    ['a token in its headers', { headers: callerExtensions('flight', kim, { query, variables }) }],
    ['a token for another subgraph', callerExtensions('payment', kim, { query, variables })],
    ['a token for other variables', callerExtensions('flight', kim, { query, variables: { id: 'b' } })],
    ['a token for another query', callerExtensions('flight', kim, { query: `${query} `, variables })],
    ['a token for an HTTP request', callerHeader('flight', kim, JSON.stringify({ query, variables }))],
  ])('is refused with %s', async (_title, extensions) => {
    const { subscribe, pay } = await start();
    await pay('a');
    const { ended, pushed } = subscribe(query, variables, extensions);
    expect(await ended()).toMatchObject(unauthenticated);
    expect(pushed).toEqual([]);
  });

  test.each(['subscription { none }', 'subscription {', '{ account(id: "a") { id } }'])(
    'is refused before its document is read: %s',
    async (text) => {
      const { subscribe } = await start();
      expect(await subscribe(text).ended()).toMatchObject(unauthenticated);
    },
  );
});

describe('a subscription at a subgraph without a secret', () => {
  test('is on behalf of everyone', async () => {
    const { subscribe, pay } = await serveSample();
    await pay('a');
    const { all } = subscribe(query, variables);
    expect((await all(1))[0]?.data).toEqual({
      balanceChanged: { id: 'a', caller: JSON.stringify(everyone) },
    });
  });

  test('is refused where it names a caller, who cannot be verified', async () => {
    const { subscribe, pay } = await serveSample();
    await pay('a');
    const { ended, pushed } = subscribe(
      query,
      variables,
      callerExtensions('flight', kim, { query, variables }),
    );
    expect(await ended()).toMatchObject([
      { message: expect.stringContaining('SUBGRAPH_SECRET'), ...unauthenticated[0] },
    ]);
    expect(pushed).toEqual([]);
  });
});
