import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { freePort, until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHttpClient } from '../http-client/http-client.ts';
import { response, startRawSubgraph } from './raw-subgraph.fixture.ts';
import { clientOf, FailingHttpClient, notGraphQL, unavailable } from './subgraph-client.fixture.ts';

const DATA = '{"data":{"a":1}}';
const ok = { data: { a: 1 }, errors: [] };
const HEAD = `HTTP/1.1 200 OK\r\ncontent-length: ${DATA.length}\r\n\r\n`;
const CHUNKED = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
const tooLarge = { failure: 'The subgraph "flight" sent more than 1000 bytes.', code: 'RESPONSE_TOO_LARGE' };
const late = { failure: 'The subgraph "flight" did not respond within 50 ms.' };

describe('a request', () => {
  test('is a POST of its body, with the headers that subgraphs see and no others', async () => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    const body = '{"query":"{ é }"}';
    expect(await clientOf(url).query({ forwarded: { 'x-request-id': 'r1' } }, body)).toEqual(ok);
    expect(Buffer.from(requests[0]?.body ?? '', 'latin1').toString()).toBe(body);
    expect(requests[0]?.headers).toEqual({
      host: new URL(url).host,
      connection: 'keep-alive',
      'content-type': 'application/json',
      accept: 'application/json',
      'content-length': '18',
      'x-request-timeout-ms': '10000',
      'x-request-id': 'r1',
    });
  });

  test('uses connections again', async () => {
    const { url, connected } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    const { query, mutate } = clientOf(url);
    for (let times = 0; times < 10; times += 1) {
      expect(await query()).toEqual(ok);
      expect(await mutate()).toEqual(ok);
    }
    expect(connected()).toBe(1);
  });

  test('with a header that HTTP does not allow fails without being sent', async () => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    expect(await clientOf(url).query({ forwarded: { authorization: 'a\nb: c' } })).toEqual(unavailable);
    expect(requests).toEqual([]);
  });

  test('to a port where nothing listens fails', async () => {
    const { query, lines } = clientOf(`http://127.0.0.1:${await freePort()}/graphql`);
    expect(await query()).toEqual(unavailable);
    expect(lines).toMatchObject([
      { level: 'warn', msg: 'subgraph unavailable', subgraph: 'flight', err: { code: 'ECONNREFUSED' } },
    ]);
  });
});

describe('a GraphQL response', () => {
  test.each<[string, string | Buffer, object]>([
    [
      'with a client error',
      response('{"errors":[{"message":"m"}]}', { status: 400 }),
      { data: null, errors: [{ message: 'm' }] },
    ],
    ['with a server error', response(DATA, { status: 503 }), ok],
    ['in many pieces', `${CHUNKED}9\r\n{"data":{\r\n7\r\n"a":1}}\r\n0\r\n\r\n`, ok],
    ['until the connection ends', `HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${DATA}`, ok],
    ['after early hints', `HTTP/1.1 103 Early Hints\r\nlink: <x>\r\n\r\n${HEAD}${DATA}`, ok],
    ['that is compressed', response(gzipSync(DATA), { headers: { 'content-encoding': 'gzip' } }), ok],
  ])('counts %s', async (_name, bytes, expected) => {
    const { url } = await startRawSubgraph((socket) => {
      if (bytes.includes('connection: close')) socket.end(bytes);
      else socket.write(bytes);
    });
    expect(await clientOf(url).query()).toEqual(expected);
  });

  test('keeps long integers where that is asked for', async () => {
    const { url } = await startRawSubgraph((socket) =>
      socket.write(response('{"data":{"a":9007199254740993}}')),
    );
    const { client, context, query } = clientOf(url);
    const exact = await client.send({ body: '{}', kind: 'query', exact: true }, context);
    expect(JSON.stringify(exact)).toContain('9007199254740993');
    expect(JSON.stringify(await query())).toContain('9007199254740992');
  });
});

type Misbehave = (socket: Socket) => void;
const gzip = { headers: { 'content-encoding': 'gzip' } };
const sends =
  (bytes: string | Buffer): Misbehave =>
  (socket) =>
    void socket.write(bytes);
const endsAfter =
  (bytes: string | Buffer): Misbehave =>
  (socket) =>
    void socket.end(bytes);
const resetsAfter =
  (bytes: string): Misbehave =>
  (socket) => {
    // A reset discards what is still to be sent, so it waits until the client has acknowledged that.
    socket.write(bytes, () => setImmediate(() => socket.resetAndDestroy()));
  };

describe('a subgraph that misbehaves gives a failure', () => {
  /** How often a query arrives. */
  const cases: [string, Misbehave, object, number][] = [
    ['closes before the head', (socket) => socket.end(), unavailable, 2],
    ['resets before the head', (socket) => socket.resetAndDestroy(), unavailable, 2],
    ['closes after one byte', endsAfter('H'), unavailable, 1],
    ['closes within the head', endsAfter('HTTP/1.1 200 OK\r\ncontent-le'), unavailable, 1],
    ['resets after the head', resetsAfter(HEAD), unavailable, 1],
    ['closes after the head', endsAfter(HEAD), unavailable, 1],
    ['closes within the body', endsAfter(HEAD + DATA.slice(1)), unavailable, 1],
    ['resets within the body', resetsAfter(HEAD + DATA.slice(1)), unavailable, 1],
    ['closes between pieces', endsAfter(`${CHUNKED}5\r\n{"dat\r\n`), unavailable, 1],
    ['does not speak HTTP', endsAfter('220 mail.example.com ESMTP\r\n'), unavailable, 1],
    ['responds with HTML', sends(response('<html>', { status: 500 })), notGraphQL, 1],
    ['redirects', sends(response('', { status: 302, headers: { location: '/other' } })), notGraphQL, 1],
    ['has no body', sends('HTTP/1.1 204 No Content\r\n\r\n'), notGraphQL, 1],
    ['sends half of its JSON', sends(response(DATA.slice(1))), notGraphQL, 1],
    ['hides an error', sends(response('{"data":null}')), notGraphQL, 1],
    ['sends damaged gzip', sends(response(DATA, gzip)), notGraphQL, 1],
    ['sends half of its gzip', sends(response(gzipSync(DATA).subarray(0, -9), gzip)), notGraphQL, 1],
    [
      'uses an unknown coding',
      sends(response(DATA, { headers: { 'content-encoding': 'lzma' } })),
      notGraphQL,
      1,
    ],
    ['sends too much', sends(response(`{"data":{}}${' '.repeat(1_000)}`)), tooLarge, 1],
    ['does not stop', sends(`${CHUNKED}3e9\r\n${' '.repeat(1_001)}`), tooLarge, 1],
    ['sends too much, compressed', sends(response(gzipSync(' '.repeat(1_001)), gzip)), tooLarge, 1],
    ['hangs before the head', () => {}, late, 1],
    ['hangs within the head', sends('HTTP/1.1 200 OK\r\n'), late, 1],
    ['hangs within the body', sends(HEAD + DATA.slice(1)), late, 1],
  ];

  test.each(cases)('%s', async (_name, misbehave, failure, times) => {
    const { url, requests, open } = await startRawSubgraph(misbehave);
    const { query, mutate, lines } = clientOf(url, {
      maxResponseBytes: 1_000,
      ...(failure === late && { timeoutMs: 50 }),
    });
    expect(await query()).toEqual(failure);
    expect(requests).toHaveLength(times);
    expect(await mutate()).toEqual(failure);
    expect(requests).toHaveLength(times + 1);
    expect(lines.map(({ msg }) => msg)).toEqual(Array(2).fill('subgraph unavailable'));
    if (failure !== notGraphQL && !String(_name).includes('compressed'))
      await until('its connections are closed', () => open() === 0);
  });
});

describe('a connection that was closed before a response', () => {
  test('is replaced for a query', async () => {
    const { url, requests } = await startRawSubgraph((socket, nth) => {
      if (nth === 1) socket.resetAndDestroy();
      else socket.write(response(DATA));
    });
    const { query, lines } = clientOf(url);
    expect(await query()).toEqual(ok);
    expect(requests).toHaveLength(2);
    expect(lines).toEqual([]);
  });

  test('is replaced for a mutation with a key, under the same key, and for no other', async () => {
    const { url, requests } = await startRawSubgraph((socket, nth) => {
      if (nth !== 2) socket.resetAndDestroy();
      else socket.write(response(DATA));
    });
    const { mutate } = clientOf(url);
    expect(await mutate({}, '{}', 'k-1')).toEqual(ok);
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['"k-1"', '"k-1"']);
    expect(await mutate()).toEqual(unavailable);
    expect(requests).toHaveLength(3);
  });

  test('is replaced for all queries when a subgraph has restarted, and for no mutation', async () => {
    const numbers = Array.from({ length: 20 }, (_, nth) => nth);
    const before = new Set<Socket>();
    const { url, requests } = await startRawSubgraph((socket, nth) => {
      if (nth > numbers.length) {
        if (before.has(socket)) socket.resetAndDestroy();
        else socket.write(response(DATA));
      } else if (before.add(socket).size === numbers.length) {
        for (const each of before) each.write(response(DATA));
      }
    });
    const { query, mutate } = clientOf(url);
    await Promise.all(numbers.map(() => query()));
    expect(before.size).toBe(20);
    await new Promise(setImmediate);
    const isQuery = (nth: number) => nth % 2 === 0;
    const send = (nth: number) => (isQuery(nth) ? query : mutate)({}, `{"nth":${nth}}`);
    expect(await Promise.all(numbers.map(send))).toEqual(
      numbers.map((nth) => (isQuery(nth) ? ok : unavailable)),
    );
    const times = numbers.map((nth) => requests.filter(({ body }) => body === `{"nth":${nth}}`).length);
    expect(times).toEqual(numbers.map((nth) => (isQuery(nth) ? 2 : 1)));
  });
});

test.each([
  ['ECONNRESET', 'unanswered', 2],
  ['EPIPE', 'unanswered', 2],
  ['ECONNRESET', 'responding', 1],
  ['ECONNREFUSED', 'unconnected', 6],
  ['EAI_AGAIN', 'unconnected', 6],
  ['ETIMEDOUT', 'unconnected', 6],
  ['ENOTFOUND', 'unconnected', 1],
] as const)('a query that fails with %s while it is %s is sent %d times', async (code, stage, times) => {
  const http = new FailingHttpClient(code, stage);
  expect(await clientOf('http://flight/', { http }).query()).toEqual(unavailable);
  expect(http.calls).toBe(times);
});

test.each(['query', 'mutate'] as const)(
  'what has no connection yet is sent on a later one: %s',
  async (kind) => {
    const { url, requests } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    const connecting = createHttpClient();
    onTestFinished(() => connecting.close());
    const http = new FailingHttpClient('ECONNREFUSED', 'unconnected', { http: connecting, after: 3 });
    const { lines, ...client } = clientOf(url, { http });
    expect(await client[kind]()).toEqual(ok);
    expect(requests).toHaveLength(1);
    expect(lines).toEqual([]);
  },
);

describe('an aborted request', () => {
  test('closes its connection and no other', async () => {
    const { url, open, requests } = await startRawSubgraph((socket, nth) => {
      if (nth === 3) socket.write(response(DATA));
    });
    const { query, lines } = clientOf(url);
    const controller = new AbortController();
    const others = new AbortController();
    const aborted = query({ signal: controller.signal });
    const other = query({ signal: others.signal });
    await until('both have arrived', () => requests.length === 2);
    controller.abort();
    expect(await aborted).toMatchObject({ failure: expect.stringContaining('aborted') });
    await until('its connection is closed', () => open() === 1);
    expect(await query()).toEqual(ok);
    others.abort();
    await other;
    expect(lines).toEqual([]);
  });

  test('that waits for a connection is not sent, and costs none', async () => {
    const held: Socket[] = [];
    const { url, requests, connected } = await startRawSubgraph((socket) => void held.push(socket));
    const { query, mutate } = clientOf(url, { connections: 1 });
    const first = query();
    await until('it has arrived', () => held.length === 1);
    const controller = new AbortController();
    const second = mutate({ signal: controller.signal }, '{"second":true}');
    const third = mutate({}, '{"third":true}');
    controller.abort();
    await second;
    held[0]?.write(response(DATA));
    expect(await first).toEqual(ok);
    await until('the next has arrived', () => held.length === 2);
    held[1]?.write(response(DATA));
    expect(await third).toEqual(ok);
    expect(requests.map(({ body }) => body)).toEqual(['{"query":"{ a }"}', '{"third":true}']);
    expect(connected()).toBe(1);
  });

  test('is not sent again, and is pending no longer', async () => {
    const http = new FailingHttpClient('ECONNRESET', 'unanswered');
    const { query } = clientOf('http://flight/', { http, maxPending: 1 });
    const controller = new AbortController();
    const aborted = query({ signal: controller.signal });
    controller.abort();
    await aborted;
    await new Promise(setImmediate);
    expect(http.calls).toBe(1);
    expect(await query()).toEqual(unavailable);
  });

  test('is one of many that share a signal, without a warning of a leak', async () => {
    const warnings: Error[] = [];
    const warned = (warning: Error) => void warnings.push(warning);
    process.on('warning', warned);
    const { url } = await startRawSubgraph((socket) => socket.write(response(DATA)));
    const { query } = clientOf(url);
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 30 }, () => query({ signal })));
    await new Promise(setImmediate);
    process.off('warning', warned);
    expect(warnings).toEqual([]);
  });
});
