import { createVerifyCaller } from '@airline/service/caller-token';
import { anonymous, type Caller, createSignCaller, subscribeText } from '@airline/service/server';
import { until } from '@airline/testing';
import { expect, test } from 'vitest';
import { authorityOf } from '../request.ts';
import { response, startRawSubgraph } from './raw-subgraph.fixture.ts';
import { clientOf, unavailable } from './subgraph-client.fixture.ts';
import { start } from './upstreams.fixture.ts';

const secret = 'a secret of router and subgraphs';
const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: ['book'] };
const lee: Caller = { subject: 'lee', roles: ['staff'], scopes: [] };
const verify = createVerifyCaller('flight', { secret, now: Date.now });
const sign = createSignCaller({ secret, now: Date.now });

/** Who a subgraph is told to be asked by, for each request. */
async function asked(caller: Caller, expiresAt?: number) {
  const { url, requests } = await startRawSubgraph((socket) => socket.write(response('{"data":{}}')));
  const { query, mutate } = clientOf(url, { sign });
  const context = { authority: authorityOf(caller, expiresAt) };
  await query(context, '{"query":"{ é }"}');
  await mutate(context, '{"query":"mutation { é }"}');
  return requests.map(({ headers, body }) => {
    const verified = verify(headers['x-caller']);
    return verified?.covers(Buffer.from(body, 'latin1')) ? verified.caller : 'refused';
  });
}

test('fetches tell their caller, in mutations always with the subject', async () => {
  expect(await asked(kim)).toEqual([kim, kim]);
  expect(await asked(anonymous)).toEqual([anonymous, anonymous]);
  expect(await asked(lee)).toEqual([{ ...lee, subject: undefined }, lee]);
});

test('fetches are signed for no longer than their caller has credentials', async () => {
  expect(await asked(kim, Date.now() - 10_000)).toEqual(['refused', 'refused']);
});

test('without a secret no caller is told', async () => {
  const { url, requests } = await startRawSubgraph((socket) => socket.write(response('{"data":{}}')));
  await clientOf(url).query({ authority: authorityOf(kim) });
  expect(requests[0]?.headers).not.toHaveProperty('x-caller');
});

test('a subgraph that refuses the token of the router is unavailable, which the log explains', async () => {
  const refused = '{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}';
  const { url } = await startRawSubgraph((socket) => socket.write(response(refused, { status: 401 })));
  const { query, lines } = clientOf(url, { sign });
  expect(await query()).toEqual(unavailable);
  expect(lines).toMatchObject([
    { msg: 'subgraph unavailable', err: { message: expect.stringContaining('SUBGRAPH_SECRET') } },
  ]);
});

/** The callers of the subscriptions that a stub was sent. */
const callersOf = ({ begun }: Awaited<ReturnType<typeof start>>['stub']) =>
  begun.map((payload) => {
    const verified = verify(Reflect.get(payload.extensions, 'x-caller'));
    return verified?.covers(subscribeText(payload)) ? verified.caller : 'refused';
  });

test('each attempt of a subscription is signed, on behalf of whose credentials last longest by then', async () => {
  const { stub, connect } = await start({}, { sign });
  let authority = authorityOf(kim, Date.now() - 10_000);
  connect({
    variables: { id: 'a', n: JSON.rawJSON('9007199254740993') },
    get authority() {
      return authority;
    },
  });
  await until('it is subscribed', () => stub.begun.length === 1);
  authority = authorityOf(kim, Date.now() + 60_000);
  stub.drop();
  await until('it is subscribed again', () => stub.begun.length === 2);
  authority = authorityOf(lee);
  stub.drop();
  await until('it is subscribed once more', () => stub.begun.length === 3);
  expect(callersOf(stub)).toEqual(['refused', kim, { ...lee, subject: undefined }]);
});

test('a subscription whose signature is refused is tried again, signed anew', async () => {
  let isFirst = true;
  const { stub, connect, lines } = await start(
    {
      subscribed: (upstream) => {
        if (isFirst) upstream.error([{ message: 'no', extensions: { code: 'UNAUTHENTICATED' } }]);
        isFirst = false;
      },
    },
    { sign },
  );
  const { ends } = connect({ authority: authorityOf(kim) });
  await until('it is subscribed again', () => stub.begun.length === 2);
  expect(callersOf(stub)).toEqual([kim, kim]);
  expect(ends).toEqual([]);
  expect(lines).toMatchObject([{ msg: 'subgraph subscription failed; retrying' }]);
});
