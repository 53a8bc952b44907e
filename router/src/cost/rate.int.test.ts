import { post } from '@airline/testing';
import { expect, test } from 'vitest';
import { compose, routerOver, startSubgraphs, supergraphFile } from '../router.fixture.ts';
import { openSocket, SUBSCRIBE, startLiveRouter } from '../subscriptions/live-router.fixture.ts';

/** @param perSecond of a client's budget, which may be used for a minute at once */
async function startWithBudget(perSecond: number) {
  const { flight, payment } = await startSubgraphs();
  const file = await supergraphFile(compose({ flight: flight.url, payment: payment.url }));
  const { router } = await routerOver(file.path, { budget: { perSecond, burstSeconds: 60 } });
  return { flight, router };
}

test('a client that has used its budget is refused with 429 and when to come again', async () => {
  const { flight, router } = await startWithBudget(150);
  const send = (query: string) => post(router.url, JSON.stringify({ query }));
  const statuses: number[] = [];
  for (let sent = 0; sent < 60 && statuses.at(-1) !== 429; sent += 1) {
    statuses.push((await send('{ flight(id: "1") { code revenue } }')).status);
  }
  // The document and its three selections once; each time two fetches, the flight and its two values.
  expect(statuses.indexOf(429)).toBe(Math.floor((150 * 60 - 512 - 3 * 16) / (2 * 200 + 2)));
  const fetches = flight.seen.length;
  const { headers, body } = await send('{ flights { code } }');
  expect(body).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  expect(body.errors?.[0]?.message).toContain('has used its budget');
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(50);
  expect(flight.seen.length).toBe(fetches);
});

test('documents that are not known are charged before they are read', async () => {
  const { router } = await startWithBudget(50);
  const statuses: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    const { status } = await post(router.url, JSON.stringify({ query: `{ no${index} }` }), {
      accept: 'application/graphql-response+json',
    });
    statuses.push(status);
  }
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429, 429]);
});

test('a hash that nobody knows is charged as a request, and refused once the budget is used', async () => {
  const { router } = await startWithBudget(10);
  const codes: unknown[] = [];
  for (let index = 0; index < 5; index += 1) {
    const sha256Hash = String(index).padStart(64, '0');
    const { body } = await post(
      router.url,
      JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }),
    );
    codes.push(body.errors?.[0]?.extensions?.code);
  }
  const unknown = 'PERSISTED_QUERY_NOT_FOUND';
  expect(codes).toEqual([unknown, unknown, unknown, 'RATE_LIMITED', 'RATE_LIMITED']);
});

test('subscriptions are charged when they begin, on any transport', async () => {
  const { router } = await startLiveRouter({ budget: { perSecond: 30, burstSeconds: 60 } });
  const { send, next } = await openSocket(router.url);
  for (const id of ['1', '2', '3', '4']) send({ type: 'subscribe', id, payload: { query: SUBSCRIBE } });
  expect(await next('error')).toMatchObject({ payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
});

test('different subscriptions on one socket may cost so much for each event', async () => {
  const { router, stub } = await startLiveRouter();
  const { socket, send } = await openSocket(router.url);
  const outcomes: string[] = [];
  const { promise: all, resolve } = Promise.withResolvers<void>();
  const subscribe = (id: number) => {
    const query = `subscription { a${id}: flightUpdated { code revenue } }`;
    send({ type: 'subscribe', id: String(id), payload: { query } });
  };
  socket.on('message', (text) => {
    const { type, payload } = JSON.parse(String(text));
    if (type !== 'error' && type !== 'next') return;
    outcomes.push(type === 'error' ? payload[0].extensions.code : type);
    if (outcomes.length === 60) resolve();
    else subscribe(outcomes.length);
  });
  subscribe(0);
  await all;
  // Each event takes two requests to subgraphs, and has an object and two values.
  const admitted = Math.floor(20_000 / 402);
  expect(outcomes).toEqual([
    ...Array.from({ length: admitted }, () => 'next'),
    ...Array.from({ length: 60 - admitted }, () => 'SUBSCRIPTION_LIMIT_EXCEEDED'),
  ]);
  expect(stub.upstreams()).toHaveLength(admitted);
});
