import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSocket, SUBSCRIBE } from '../subscriptions/live-router.fixture.ts';
import { type HeldRouter, OPERATOR, startHeld, unlimited } from './held.fixture.ts';

/** What others get meanwhile, and operators, and probes. */
async function othersAreServed({ ask, health, release }: HeldRouter) {
  expect(await health()).toBe(200);
  expect(await ask({ 'x-forwarded-for': '192.0.2.2' }, '{ __typename }')).toMatchObject({ status: 200 });
  expect(await ask(OPERATOR, '{ __typename }')).toMatchObject({ status: 200 });
  release();
}

describe('3,000 operations on one socket', () => {
  async function flood(router: HeldRouter) {
    const { socket, send } = await openSocket(router.url);
    onTestFinished(() => socket.terminate());
    const ends: Record<string, number> = {};
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      const end = type === 'error' ? payload[0].extensions.code : type;
      ends[end] = (ends[end] ?? 0) + 1;
    });
    for (let id = 0; id < 3_000; id += 1) {
      send({ id: `${id}`, type: 'subscribe', payload: { query: 'mutation { book }' } });
    }
    return ends;
  }

  test('run up to the share of their client, and the rest are refused', async () => {
    const router = await startHeld();
    const ends = await flood(router);
    const refused = () => (ends.TOO_MANY_REQUESTS ?? 0) + (ends.OVERLOADED ?? 0);
    await until('the rest is refused', () => refused() >= 2_424 && router.running() === 64);
    await othersAreServed(router);
    await until('what was accepted is served', () => ends.complete === 3_000 - refused());
    expect(router.most()).toBe(64);
  });

  test('all run where there is no limit', async () => {
    const router = await startHeld({ admission: unlimited });
    const ends = await flood(router);
    router.release();
    await until('all are served', () => ends.complete === 3_000);
    expect(ends.TOO_MANY_REQUESTS).toBeUndefined();
  });
});

describe('pipelined requests on one connection', () => {
  const BODY = '{"query":"mutation { book }"}';
  const REQUEST = `POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.1\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

  function open({ port }: HeldRouter) {
    const socket = connect(port, '127.0.0.1');
    onTestFinished(() => void socket.destroy());
    const seen = { responses: 0, isClosed: false };
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      seen.responses += chunk.split('HTTP/1.1 200').length - 1;
    });
    socket
      .on('error', () => {})
      .once('close', () => {
        seen.isClosed = true;
      });
    return { seen, send: (count: number) => void socket.write(REQUEST.repeat(count)) };
  }

  test('close it where 33 have no response, and what of them has begun runs to its end', async () => {
    const router = await startHeld();
    const { seen, send } = open(router);
    send(32);
    await until('32 run', () => router.running() === 32);
    expect(seen.isClosed).toBe(false);
    send(20_000);
    await until('it is closed', () => seen.isClosed);
    expect(router.running()).toBe(32);
    await othersAreServed(router);
    await until('nothing is left of it', () => router.running() === 0);
    expect(router.most()).toBe(32);
  });

  test('are all served up to 32', async () => {
    const router = await startHeld();
    const { seen, send } = open(router);
    send(32);
    await until('all run', () => router.running() === 32);
    router.release();
    await until('all have a response', () => seen.responses === 32);
    expect(seen.isClosed).toBe(false);
  });
});

describe('1,500 event streams of one client', () => {
  async function flood({ port, url }: HeldRouter) {
    const seen = { streams: 0, refused: 0 };
    const body = JSON.stringify({ query: SUBSCRIBE });
    const open = async () => {
      const socket: Socket = connect(port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      await once(socket, 'connect');
      socket.write(
        `POST ${new URL(url).pathname} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.1\r\naccept: text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      const [first] = (await once(socket, 'data')) as [Buffer];
      if (first.toString().includes('text/event-stream') && !first.toString().includes('LIMIT_EXCEEDED'))
        seen.streams += 1;
      else seen.refused += 1;
      socket.on('data', (more) => {
        if (!more.toString().includes('LIMIT_EXCEEDED')) return;
        seen.streams -= 1;
        seen.refused += 1;
      });
    };
    for (let count = 0; count < 1_500; count += 50) await Promise.all(Array.from({ length: 50 }, open));
    return seen;
  }

  test('are open up to the limit of one client', async () => {
    const router = await startHeld();
    const seen = await flood(router);
    await until('the rest are refused', () => seen.refused === 500);
    expect(seen.streams).toBe(1_000);
    await othersAreServed(router);
  });

  test('are all open where there is no limit', async () => {
    const router = await startHeld({
      subscriptionLimits: { perConnection: 1e6, perClient: 1e6, costPerClient: 0, inAll: 1e6 },
    });
    expect(await flood(router)).toEqual({ streams: 1_500, refused: 0 });
  });
});

describe('a client', () => {
  const one = {
    operations: { clientInFlight: 1, clientShare: 1, inFlight: 10, queue: 0 },
    connections: unlimited.connections,
  };

  test.each([
    [
      'it claims to be others',
      { header: 'x-forwarded-for' },
      (i: number) => `203.0.113.${i}, 192.0.2.1`,
      429,
    ],
    [
      'it claims to be others and there is no proxy',
      { header: undefined },
      (i: number) => `203.0.113.${i}`,
      429,
    ],
    ['the proxy says that it is another', { header: 'x-forwarded-for' }, (i: number) => `192.0.2.${i}`, 200],
  ])(
    'that has used up its share is refused, with the time to try again: %s',
    async (_what, clientAddress, address, status) => {
      const router = await startHeld({ admission: one, clientAddress });
      const first = router.ask({ 'x-forwarded-for': address(1) });
      await until('it runs', () => router.running() === 1);
      const second = router.ask({ 'x-forwarded-for': address(2) });
      if (status === 429)
        expect(await second).toEqual({ status, retryAfter: '1', code: 'TOO_MANY_REQUESTS' });
      router.release();
      expect(await first).toMatchObject({ status: 200 });
      if (status === 200) expect(await second).toMatchObject({ status });
    },
  );

  test.each(['', '/stream'])(
    'that has used up its share is refused before its body comes: /graphql%s',
    async (below) => {
      const router = await startHeld({ admission: one });
      const first = router.ask();
      await until('it runs', () => router.running() === 1);
      const socket = connect(router.port, '127.0.0.1');
      onTestFinished(() => void socket.destroy());
      socket.write(
        `POST /graphql${below} HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.1\r\naccept: text/event-stream, */*\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{`,
      );
      const [response] = await once(socket.setEncoding('latin1'), 'data');
      expect(response).toMatch(/^HTTP\/1.1 429 /);
      router.release();
      await first;
    },
  );

  test('that leaves pipelined mutations behind has its share again once they are done', async () => {
    const operations = { clientInFlight: 2, clientShare: 2, inFlight: 10, queue: 6 };
    const router = await startHeld({ admission: { ...one, operations } });
    const body = '{"query":"mutation { book }"}';
    const socket = connect(router.port, '127.0.0.1');
    const request = `POST /graphql HTTP/1.1\r\nhost: localhost\r\nx-forwarded-for: 192.0.2.1\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    socket.write(request.repeat(4));
    await until('two run', () => router.running() === 2);
    socket.destroy();
    const others = Array.from({ length: 3 }, () => router.ask());
    expect(await router.ask({ 'x-forwarded-for': '192.0.2.2' }, '{ __typename }')).toMatchObject({
      status: 200,
    });
    expect(router.most()).toBe(2);
    router.release();
    for (const each of others) expect(await each).toMatchObject({ status: 200 });
    for (const each of [1, 2, 3, 4, 5].map(() => router.ask()))
      expect(await each).toMatchObject({ status: 200 });
  });

  test('is refused where all is in use, but not an operator, and probes are answered', async () => {
    const router = await startHeld({
      admission: { ...one, operations: { clientInFlight: 5, clientShare: 5, inFlight: 1, queue: 0 } },
    });
    const first = router.ask();
    await until('it runs', () => router.running() === 1);
    expect(await router.ask({ 'x-forwarded-for': '192.0.2.9' })).toEqual({
      status: 503,
      retryAfter: '1',
      code: 'OVERLOADED',
    });
    expect(await router.health()).toBe(200);
    const operator = router.ask(OPERATOR);
    await until("the operator's runs as well", () => router.running() === 2);
    router.release();
    expect(await first).toMatchObject({ status: 200 });
    expect(await operator).toMatchObject({ status: 200 });
  });

  test.each(['complete', 'terminate'])(
    'that ends what it has begun on a WebSocket has its share again: %s',
    async (how) => {
      const router = await startHeld({ admission: one, sharesQueries: false });
      const { socket, send, next } = await openSocket(router.url);
      const ended = next('complete');
      send({ id: '1', type: 'subscribe', payload: { query: '{ flight { revenue } }' } });
      await until('it runs', () => router.running() === 1);
      const refused = next('error');
      send({ id: '2', type: 'subscribe', payload: { query: '{ flight { revenue } }' } });
      expect(await refused).toMatchObject({
        id: '2',
        payload: [{ extensions: { code: 'TOO_MANY_REQUESTS' } }],
      });
      if (how === 'complete') send({ id: '1', type: 'complete' });
      else socket.terminate();
      const again = how === 'complete' ? { socket, send } : await openSocket(router.url);
      onTestFinished(() => again.socket.terminate());
      await until('another runs', async () => {
        again.send({
          id: `${Math.random()}`,
          type: 'subscribe',
          payload: { query: '{ flight { revenue } }' },
        });
        return router.running() === 2;
      });
      void ended;
      router.release();
    },
  );
});
