import { once } from 'node:events';
import { connect } from 'node:net';
import { until } from '@airline/testing';
import { raw } from '@airline/testing/hostile-input';
import { describe, expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { authorizationOf, trusted } from '../pipeline/tokens.fixture.ts';
import { eventOf, openSocket, SUBSCRIBE, startLiveRouter } from './live-router.fixture.ts';

async function start(...options: Parameters<typeof startLiveRouter>) {
  const router = await startLiveRouter(...options);
  const { url } = router.router;
  const stream = `${url}/stream`;
  const ask = async (init: RequestInit, search = '') => {
    const response = await fetch(`${stream}${search}`, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  return { ...router, url, ask };
}

const json = { 'content-type': 'application/json', accept: 'text/event-stream' };

describe('/graphql/stream', () => {
  test('a subscription there takes no place among what runs', async () => {
    const operations = { clientInFlight: 1, clientShare: 1, inFlight: 1, queue: 0 };
    const { url } = await start({
      admission: { operations, connections: { perClient: 100, inAll: 100 } },
    });
    const leaving = new AbortController();
    onTestFinished(() => leaving.abort());
    const body = JSON.stringify({ query: SUBSCRIBE });
    const stream = await fetch(`${url}/stream`, {
      method: 'POST',
      headers: json,
      body,
      signal: leaving.signal,
    });
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ''; !text.includes('KE1'); ) text += (await reader?.read())?.value;
    const headers = { 'content-type': 'application/json' };
    const booked = await fetch(url, { method: 'POST', headers, body: '{"query":"mutation { book }"}' });
    expect(await booked.json()).toEqual({ data: { book: 1 } });
  });

  test.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
  ])('takes no %s, which any page may send without a preflight', async (type) => {
    let fetches = 0;
    const { ask } = await start(
      {},
      {
        respond: () => {
          fetches += 1;
          return { data: { book: 1 } };
        },
      },
    );
    const body = JSON.stringify({ query: 'mutation { book }' });
    const refused = await ask({ method: 'POST', headers: { ...json, 'content-type': type }, body });
    expect(refused.status).toBe(415);
    expect(refused.text).toContain('UNSUPPORTED_MEDIA_TYPE');
    expect(fetches).toBe(0);
    const taken = await ask({ method: 'POST', headers: json, body });
    expect(taken.text).toContain('{"data":{"book":1}}');
    expect(fetches).toBe(1);
  });

  test('serves queries by GET, and no mutations', async () => {
    const { ask } = await start();
    const get = (query: string) =>
      ask(
        { headers: { accept: 'text/event-stream', 'apollo-require-preflight': 'true' } },
        `?query=${encodeURIComponent(query)}`,
      );
    expect((await get('{ __typename }')).text).toContain('{"data":{"__typename":"Query"}}');
    expect((await get('mutation { book }')).text).toContain('METHOD_NOT_ALLOWED');
  });

  test.each(['HEAD', 'PATCH', 'PUT', 'DELETE'])('does not serve %s', async (method) => {
    const { ask } = await start();
    const refused = await ask({ method, headers: { 'x-request-id': 'mine' } });
    expect(refused.status).toBe(405);
    expect(refused.headers.get('allow')).toBe('GET, POST');
    expect(refused.headers.get('x-request-id')).toBe('mine');
  });

  test('serves event streams only', async () => {
    const { ask } = await start();
    for (const init of [
      {},
      { method: 'POST', headers: { ...json, accept: 'application/json' }, body: '{}' },
    ]) {
      const refused = await ask(init, '?query={__typename}');
      expect(refused.status).toBe(406);
      expect(refused.text).toContain('NOT_ACCEPTABLE');
    }
  });

  test.each([
    ['too deep variables', `{"query":"{a}","variables":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`],
    ['a list of operations', '[{"query":"{a}"}]'],
    ['keys of prototypes', '{"query":"{a}","variables":{"__proto__":{}}}'],
    ['a number as its query', '{"query":1}'],
    ['no JSON', '{'],
    ['nothing', ''],
    ['no operation', '{"variables":{}}'],
  ])('refuses a body with %s', async (_what, body) => {
    const { ask, lines } = await start();
    const refused = await ask({ method: 'POST', headers: json, body });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text).errors[0].extensions.code).toBe('BAD_REQUEST');
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('refuses a GET with too deep variables', async () => {
    const { ask } = await start();
    const variables = `{"a":${'['.repeat(100)}${']'.repeat(100)}}`;
    const refused = await ask({ headers: json }, `?query={a}&variables=${encodeURIComponent(variables)}`);
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('levels deep');
  });

  test('refuses a GET without an operation', async () => {
    const { ask } = await start();
    const refused = await ask({ headers: json });
    expect(refused.status).toBe(400);
    expect(JSON.parse(refused.text).errors[0].extensions.code).toBe('BAD_REQUEST');
  });
});

describe('a WebSocket', () => {
  test('is refused at other paths', async () => {
    const { router } = await start();
    const refused = await raw(
      router.port,
      'GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    expect(refused).toMatch(/^HTTP\/1.1 404 .*NOT_FOUND/s);
  });

  test('that is refused is closed, also where its client leaves its side open', async () => {
    const { router } = await start();
    const socket = connect({ port: router.port, allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {}).resume();
    socket.write(
      'GET /elsewhere HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await once(socket, 'end');
    await until('what it still sends is refused', () => {
      if (socket.writable) socket.write('x');
      return socket.closed;
    });
  });

  test('whose message nests too deep is closed', async () => {
    const { url } = await start();
    const { socket } = await openSocket(url);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.send(`{"type":"ping","payload":{"a":${'['.repeat(100)}${']'.repeat(100)}}}`);
    expect(await closed).toBe(4400);
  });

  test('stays open when one of its operations is refused', async () => {
    const { url } = await start();
    const { socket, send, next } = await openSocket(url);
    onTestFinished(() => socket.terminate());
    for (const query of [
      'subscription ($b: Boolean!) { flightUpdated @skip(if: $b) { id } }',
      '{ nothing }',
      '{',
      'mutation ($a: Int!) { book }',
    ]) {
      const error = next('error');
      send({ type: 'subscribe', id: '1', payload: { query, variables: { b: false } } });
      expect(await error, query).toMatchObject({ id: '1', payload: [{ extensions: expect.any(Object) }] });
    }
    const event = next('next');
    send({ type: 'subscribe', id: '2', payload: { query: SUBSCRIBE } });
    expect(await event).toMatchObject({
      id: '2',
      payload: { data: { flightUpdated: { code: 'KE1', revenue: 100 } }, extensions: { cursor: '1-0' } },
    });
  });
});

describe('a token that expires', () => {
  test('before it is sent closes the socket for one with a new token', async () => {
    const { url } = await start({ jwt: trusted });
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    onTestFinished(() => socket.terminate());
    await once(socket, 'open');
    const payload = { authorization: await authorizationOf('late', [], Date.now() - 60_000) };
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    expect((await once(socket, 'close'))[0]).toBe(4403);
  });

  test('ends its subscriptions, then its socket, for one with a new token; those of others are left alone', async () => {
    const { url, stub } = await start({ jwt: trusted && { ...trusted, clockSkewSeconds: 0 } });
    const soon = Date.now() + 2_000;
    const subscribe = async (authorization: string) => {
      const { socket, send, next } = await openSocket(url, { authorization });
      onTestFinished(() => socket.terminate());
      const start = async (id: string, type: string) => {
        const received = next(type);
        send({ type: 'subscribe', id, payload: { query: SUBSCRIBE } });
        return await received;
      };
      return { start, next, closed: once(socket, 'close').then(([code]) => code) };
    };
    const brief = await subscribe(await authorizationOf('brief', [], soon));
    const other = await subscribe(await authorizationOf('other'));
    await Promise.all([brief.start('1', 'next'), other.start('1', 'next')]);
    expect(stub.upstreams()).toHaveLength(2);
    const expired = {
      payload: [
        { message: expect.stringContaining('from the last cursor'), extensions: { code: 'UNAUTHENTICATED' } },
      ],
    };
    expect(await brief.next('error')).toMatchObject(expired);
    await until('its upstream has ended', () => stub.upstreams().length === 1);
    expect(await brief.closed).toBe(4403);
    const renewed = await subscribe(await authorizationOf('brief'));
    await renewed.start('1', 'next');
    expect(stub.upstreams()).toHaveLength(2);
    const event = other.next('next');
    stub.upstreams()[0]?.next(eventOf(2));
    expect(await event).toMatchObject({ payload: { data: { flightUpdated: { code: 'KE2' } } } });
  });
});
