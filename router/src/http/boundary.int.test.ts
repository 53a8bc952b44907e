import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { RouterConfig } from '../config.ts';
import { SUBSCRIBE, startLiveRouter } from '../subscriptions/live-router.fixture.ts';
import { built, settings, siteFolder } from '../web/web.fixture.ts';
import { startFront } from './http.fixture.ts';

const handshake =
  'connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n' +
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n';
const inUrl = encodeURIComponent(SUBSCRIBE);

const post = (path: string, accept: string, query: string) => {
  const body = JSON.stringify({ query });
  return {
    line: `POST ${path}`,
    rest: `content-type: application/json\r\naccept: ${accept}\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  };
};
const get = (path: string, headers = '') => ({ line: `GET ${path}`, rest: `${headers}\r\n` });

/** Each way into the router, and what one gets that is let in. */
const ways = [
  ['a mutation', post('/graphql', 'application/json', 'mutation { book }'), '"book":1'],
  ['a query by GET', get('/graphql?query={__typename}', 'apollo-require-preflight: 1\r\n'), '"Query"'],
  ['a multipart response', post('/graphql', 'multipart/mixed;subscriptionSpec=1.0', SUBSCRIBE), 'KE1'],
  ['an event stream', post('/graphql', 'text/event-stream', SUBSCRIBE), 'KE1'],
  ['an event stream at its own path', post('/graphql/stream', 'text/event-stream', SUBSCRIBE), 'KE1'],
  [
    'an EventSource',
    get(`/graphql/stream?query=${inUrl}`, 'accept: text/event-stream\r\nsec-fetch-site: same-origin\r\n'),
    'KE1',
  ],
  ['a WebSocket', get('/graphql', handshake), '101 Switching Protocols'],
  ['a page', get('/'), 'Dashboard'],
] as const;

type Sent = (typeof ways)[number][1];

async function start(overrides: Partial<RouterConfig> = {}) {
  const pages = {
    folder: await siteFolder(built),
    dashboard: true,
    playground: true,
    operate: true,
    settings,
  };
  const { origin, stub } = await startLiveRouter({ pages, ...overrides });
  const { host, port } = new URL(origin);

  /** Returns what comes until it holds the text, or the server has closed the connection. */
  async function ask({ line, rest }: Sent, until: string, headers: { origin?: string; host?: string } = {}) {
    const socket = connect(Number(port), '127.0.0.1').setEncoding('utf8');
    let text = '';
    const closed = once(socket, 'close');
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes(until) || text.includes('"errors"')) socket.destroy();
    });
    const all = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`${line} HTTP/1.1\r\n${all.join('')}${rest}`);
    await closed;
    return text;
  }
  return { ask, origin, stub };
}

describe.each(ways)('%s', (_name, sent, expected) => {
  test('is for this machine, the router’s own pages, and pages of allowed origins', async () => {
    const { ask, origin } = await start({ corsOrigins: ['https://app.example.com'] });
    const { port } = new URL(origin);
    for (const headers of [
      {},
      { origin },
      { host: `localhost:${port}`, origin: `http://localhost:${port}` },
      { origin: 'https://app.example.com' },
    ])
      expect(await ask(sent, expected, headers)).toContain(expected);
  });

  test('is refused to pages of other sites, and under names of theirs', async () => {
    const { ask, stub } = await start({ corsOrigins: ['https://app.example.com'] });
    for (const headers of [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: 'http://localhost:1' },
      { host: 'evil.example' },
      { host: 'evil.example', origin: 'http://evil.example' },
      { host: 'evil.example', origin: 'https://app.example.com' },
    ]) {
      const response = await ask(sent, expected, headers);
      expect(response).toMatch(/^HTTP\/1.1 403 /);
      expect(response).toContain('"FORBIDDEN"');
      expect(response).toContain('x-content-type-options: nosniff');
      expect(response).not.toMatch(/access-control|evil/);
    }
    expect(stub.begun).toEqual([]);
  });
});

test('a router with hosts of its own serves no others, and each without a port', async () => {
  const { ask } = await start({ host: '0.0.0.0', allowedHosts: ['airline.example.com'] });
  const [, sent, expected] = ways[0];
  expect(await ask(sent, expected, { host: 'airline.example.com:8443' })).toContain(expected);
  expect(await ask(sent, expected, { host: '127.0.0.1' })).toMatch(/^HTTP\/1.1 403 /);
});

test('health is served by any name, as to probes by the address of a pod', async () => {
  const { ask } = await start();
  for (const path of ['/health/live', '/health/ready'])
    expect(await ask(get(path), '}', { host: '10.0.0.7:8088' })).toMatch(/^HTTP\/1.1 200 /);
});

test('a GET that a page may send without a preflight opens no event stream', async () => {
  const { ask, stub } = await start();
  for (const site of ['cross-site', 'same-site', 'none']) {
    const headers = `accept: text/event-stream\r\nsec-fetch-site: ${site}\r\n`;
    const response = await ask(get(`/graphql/stream?query=${inUrl}`, headers), 'KE1');
    expect(response).toMatch(/^HTTP\/1.1 400 /);
    expect(response).toContain('Cross-Site');
  }
  expect(stub.begun).toEqual([]);
});

describe('the checks of readiness, and metrics', () => {
  test('are shown to this machine alone', async () => {
    const { ask } = await start();
    const ready = get('/health/ready');
    expect(await ask(ready, '}}')).toContain('"checks"');
    for (const rest of ['x-forwarded-for: 192.0.2.1\r\n', 'forwarded: for=192.0.2.1\r\n'])
      expect(await ask(get('/health/ready', rest), '}')).toContain('\r\n\r\n{"status":"ready"}');
    expect(await ask(ready, '}', { host: '10.0.0.7:8088' })).toContain('\r\n\r\n{"status":"ready"}');
  });
});

test('browsers are told to come by TLS alone where it ends in front', async () => {
  const strict = async (hstsSeconds: number) =>
    (await (await startFront({ hstsSeconds })).query('{ hello }')).headers.get('strict-transport-security');
  expect(await strict(31_536_000)).toBe('max-age=31536000');
  expect(await strict(0)).toBeNull();
});

test.each(['*/*', 'multipart/mixed;incrementalSpec=v0.2, application/json'])(
  'no browser takes a response to %s for another type',
  async (accept) => {
    const { query } = await startFront();
    expect((await query('{ hello }', { accept })).headers.get('x-content-type-options')).toBe('nosniff');
  },
);
