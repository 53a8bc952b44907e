import { until } from '@airline/testing';
import { createClient } from 'graphql-sse';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStream } from './stream.fixture.ts';
import { SUBSCRIBE, standingClock, startTransports, type Transports } from './transport.fixture.ts';

function clientOf({ streamUrl }: Transports, singleConnection: boolean) {
  const client = createClient({ url: streamUrl, singleConnection, retryAttempts: 0 });
  onTestFinished(() => client.dispose());
  const results: unknown[] = [];
  const ends: unknown[] = [];
  const subscribe = (query: string) =>
    client.subscribe(
      { query },
      {
        next: (result) => void results.push(result),
        error: (error) => void ends.push(error),
        complete: () => void ends.push('complete'),
      },
    );
  return { results, ends, subscribe };
}

const json = { 'content-type': 'application/json' };
const post = (query: string, extensions?: object) => ({
  method: 'POST',
  headers: json,
  body: JSON.stringify({ query, extensions }),
});

/** Reserves a stream; answers how to send an operation over it. */
async function reserve({ streamUrl }: Transports) {
  const reserved = await fetch(streamUrl, { method: 'PUT' });
  const token = await reserved.text();
  const url = `${streamUrl}?token=${token}`;
  return {
    status: reserved.status,
    url,
    send: async (id: string, query = SUBSCRIBE) => {
      const response = await fetch(url, post(query, { operationId: id }));
      return { status: response.status, text: await response.text() };
    },
  };
}

describe.each([
  ['a stream for each operation', false],
  ['one stream for all', true],
])("graphql-sse's client with %s", (_mode, single) => {
  test('gets answers to queries and mutations, and events until it leaves', async () => {
    const transports = await startTransports();
    const { results, ends, subscribe } = clientOf(transports, single);
    subscribe('{ anything }');
    await until('it is answered', () => ends.length === 1);
    subscribe('mutation { anything }');
    await until('it is answered', () => ends.length === 2);
    expect(results).toEqual([{ data: { done: 'query' } }, { data: { done: 'mutation' } }]);
    const leave = subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.push(1);
    transports.push(2);
    await until('both events come', () => results.length === 4);
    expect(results.slice(2)).toEqual(
      [1, 2].map((n) => ({ data: { numbers: n }, extensions: { cursor: `${n}` } })),
    );
    leave();
    await until('nothing is left', () => transports.counts().upstreams === 0);
    expect(transports.log).toEqual([]);
  });

  test('hears that an operation is refused, and why a subscription ended', async () => {
    const transports = await startTransports();
    const { results, ends, subscribe } = clientOf(transports, single);
    subscribe('{ refused }');
    await until('it is answered', () => ends.length === 1);
    expect(results).toEqual([{ errors: [{ message: 'refused', extensions: { code: 'BAD_USER_INPUT' } }] }]);
    subscribe(SUBSCRIBE);
    await until('it is subscribed', () => transports.counts().members === 1);
    transports.fail([{ message: 'over', extensions: { code: 'CURSOR_EXPIRED' } }]);
    await until('it ends', () => ends.length === 2);
    expect(results[1]).toEqual({ errors: [{ message: 'over', extensions: { code: 'CURSOR_EXPIRED' } }] });
    expect(ends).toEqual(['complete', 'complete']);
  });
});

describe('a stream for one operation', () => {
  test('is opened by a GET, too, as EventSource does, which may only read', async () => {
    const transports = await startTransports();
    const get = (query: string) => openStream(`${transports.streamUrl}?query=${encodeURIComponent(query)}`);
    const answered = get('{ anything }');
    await until('it ends', answered.isOver);
    expect(answered.text()).toContain('{"data":{"done":"query"}}');
    const mutation = get('mutation { anything }');
    await until('it ends', mutation.isOver);
    expect(mutation.text()).toContain('METHOD_NOT_ALLOWED');
    expect(transports.mutations()).toBe(0);
    const posted = openStream(transports.streamUrl, post('mutation { anything }'));
    await until('it ends', posted.isOver);
    expect(transports.mutations()).toBe(1);
  });

  test('is left when its client is gone', async () => {
    const transports = await startTransports();
    const { leave } = openStream(transports.streamUrl, post(SUBSCRIBE));
    await until('it is subscribed', () => transports.counts().members === 1);
    leave();
    await until('nothing is left', () => transports.counts().members === 0);
  });

  test('is left when its client went while it was being prepared', async () => {
    const gate = Promise.withResolvers<void>();
    const transports = await startTransports({ preparing: () => gate.promise });
    const opening = openStream(transports.streamUrl, post(SUBSCRIBE));
    const { leave } = opening;
    await until('it has come', () => transports.responses.length === 1);
    leave();
    await until('it has gone', () => transports.responses[0]?.destroyed);
    gate.resolve();
    await Promise.all(transports.settled);
    expect(transports.counts().members).toBe(0);
  });

  test('that is not read costs little, and ends as too slow', async () => {
    const transports = await startTransports({ limits: { queuedAnswers: 4 } });
    const slow = openStream(transports.streamUrl, post(SUBSCRIBE));
    const fast = openStream(transports.streamUrl, post(SUBSCRIBE));
    await until('both are subscribed', () => transports.counts().members === 2);
    slow.pause();
    for (let n = 1; n <= 200; n += 1) {
      transports.push(n, 100_000);
      await until('who reads has it', () => fast.length() > n * 100_000);
    }
    expect(transports.counts().members).toBe(1);
    const [response] = transports.responses;
    expect(response?.writableLength).toBeLessThan(400_000);
    slow.resume();
    await until('it ends', slow.isOver);
    expect(slow.text()).toContain('SLOW_CONSUMER');
    expect(slow.text().match(/event: next/g)?.length).toBeLessThan(150);
  });
});

describe('a reserved stream', () => {
  test('that is not opened ends after half a minute, with its operations', async () => {
    const { clock, advance, waiting } = standingClock();
    const transports = await startTransports({ sse: { clock } });
    const { url, send } = await reserve(transports);
    expect(await send('1')).toMatchObject({ status: 202 });
    expect(transports.counts().members).toBe(1);
    advance(29_999);
    expect(await send('2')).toMatchObject({ status: 202 });
    advance(1);
    await until('nothing is left', () => transports.counts().members === 0);
    expect(waiting()).toBe(0);
    expect(await send('3')).toMatchObject({ status: 404 });
    const late = openStream(url);
    await until('it is refused', late.isOver);
    expect(late.text()).not.toContain('event');
  });

  test('that is opened goes on, with what came before', async () => {
    const { clock, advance, waiting } = standingClock();
    const transports = await startTransports({ sse: { clock } });
    const { url, send } = await reserve(transports);
    await send('1');
    transports.push(1);
    const { text } = openStream(url);
    await until('it has what came before', () => text().includes('"numbers":1'));
    expect(waiting()).toBe(0);
    advance(60_000);
    transports.push(2);
    await until('it goes on', () => text().includes('"numbers":2'));
    const again = await fetch(url, { headers: { accept: 'text/event-stream' } });
    expect(again.status).toBe(409);
  });

  test('ends all its operations with it', async () => {
    const transports = await startTransports();
    const { url, send } = await reserve(transports);
    const { leave, text } = openStream(url);
    await until('it is open', () => text() !== '');
    await send('1');
    await send('2');
    expect(transports.counts().members).toBe(2);
    const left = await fetch(`${url}&operationId=1`, { method: 'DELETE' });
    expect(left.status).toBe(200);
    expect(transports.counts().members).toBe(1);
    leave();
    await until('nothing is left', () => transports.counts().members === 0);
    await until('its name is forgotten', async () => (await send('3')).status === 404);
  });

  test('is one of so many that wait to be opened; those that are open do not count', async () => {
    const transports = await startTransports({ sse: { maxReserved: 2 } });
    const first = await reserve(transports);
    expect(first.status).toBe(201);
    expect((await reserve(transports)).status).toBe(201);
    expect((await reserve(transports)).status).toBe(503);
    const { text } = openStream(first.url);
    await until('it is open', () => text() !== '');
    expect((await reserve(transports)).status).toBe(201);
    expect((await reserve(transports)).status).toBe(503);
    const own = await fetch(`${transports.streamUrl}?token=mine`, { method: 'PUT' });
    expect(own.status).toBe(503);
  });

  test('holds so many answers for a client that does not read', async () => {
    const transports = await startTransports({ sse: { maxUnread: 3 } });
    const { url, send } = await reserve(transports);
    for (const id of ['1', '2', '3']) expect(await send(id, '{ anything }')).toMatchObject({ status: 202 });
    const refused = await send('4', 'mutation { anything }');
    expect(refused).toMatchObject({ status: 429 });
    expect(refused.text).toContain('SUBSCRIPTION_LIMIT_EXCEEDED');
    expect(transports.mutations()).toBe(0);
    const { text } = openStream(url);
    await until('it has read them', () => text().match(/event: complete/g)?.length === 3);
    expect(await send('4', 'mutation { anything }')).toMatchObject({ status: 202 });
    expect(transports.mutations()).toBe(1);
  });

  test.each(['constructor', '__proto__', 'toString', 'none'])('named %s there is none', async (token) => {
    const transports = await startTransports();
    const ask = async (init: RequestInit) =>
      (await fetch(`${transports.streamUrl}?token=${token}`, init)).status;
    expect(await ask(post(SUBSCRIBE, { operationId: '1' }))).toBe(404);
    expect(await ask({ method: 'DELETE' })).toBe(404);
    expect(await ask({ headers: { accept: 'text/event-stream' } })).toBe(400);
    expect(transports.log).toEqual([]);
    expect(transports.counts().members).toBe(0);
  });
});
