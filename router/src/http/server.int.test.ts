import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { everyone, RequestError, StartError } from '@airline/service/server';
import { raw } from '@airline/testing/hostile-input';
import { describe, expect, test, vi } from 'vitest';
import { refuse } from '../refusal.ts';
import { authorityOf } from '../request.ts';
import type { Exchange } from './exchange.ts';
import { startFront } from './http.fixture.ts';

describe("the router's HTTP server", () => {
  test('serves liveness and readiness, and returns 503 for readiness when a required check fails', async () => {
    const { send, health } = await startFront();
    expect((await send('/health/live', {})).body).toEqual({ status: 'live' });
    expect((await send('/health/live', { method: 'HEAD' })).status).toBe(200);
    health.register({ name: 'transport', kind: 'informative', check: () => ({ ok: false }) });
    expect((await send('/health/ready', {})).status).toBe(200);
    health.register({ name: 'database', kind: 'required', check: () => ({ ok: false, detail: 'down' }) });
    const unavailable = await send('/health/ready', {});
    expect(unavailable.status).toBe(503);
    expect(unavailable.body).toEqual({
      status: 'unavailable',
      checks: {
        transport: { kind: 'informative', ok: false },
        database: { kind: 'required', ok: false, detail: 'down' },
      },
    });
  });

  test('passes on the id of a request, or gives it one', async () => {
    const seen: string[] = [];
    const { query } = await startFront({
      requestId: () => 'made-here',
      identify: (_request, id) => {
        seen.push(id);
        return {
          authority: authorityOf(everyone),
          source: 'test',
          forwarded: {},
        };
      },
    });
    const sent = ['from-client.1', '', 'no good', 'x'.repeat(129)];
    const responses = await Promise.all(sent.map((id) => query('{ hello }', { 'x-request-id': id })));
    const ids = responses.map(({ headers }) => headers.get('x-request-id'));
    expect(ids).toEqual(['from-client.1', 'made-here', 'made-here', 'made-here']);
    expect(seen.toSorted()).toEqual(ids.toSorted());
  });

  test('responds to unknown clients with a status, however they are refused', async () => {
    const thrown = await startFront({
      identify: () => {
        throw new RequestError('FORBIDDEN', 'Not you.');
      },
    });
    const forbidden = await thrown.query('{ hello }');
    expect(forbidden.status).toBe(403);
    expect(forbidden.body).toEqual({ errors: [{ message: 'Not you.', extensions: { code: 'FORBIDDEN' } }] });

    const given = await startFront({
      identify: async () => refuse('UNAUTHENTICATED', 'The token has expired.', { status: 401 }),
    });
    const unknown = await given.query('{ hello }');
    expect(unknown.status).toBe(401);
    expect(unknown.headers.get('www-authenticate')).toBe('Bearer');
    expect(unknown.body.errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test.each(['identify', 'pipeline'] as const)('masks what fails unexpectedly in %s', async (where) => {
    const failure = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    const fail = () => Promise.reject(failure);
    const { query, log } = await startFront(
      where === 'identify' ? { identify: fail } : { pipeline: { prepare: fail, execute: fail } },
    );
    const { status, body } = await query('{ hello }');
    expect(status).toBe(500);
    expect(body.errors).toEqual([
      { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(JSON.stringify(log)).toContain('10.0.0.7');
  });

  test('that finds its port in use says which variable to change', async () => {
    const { server } = await startFront();
    const second = startFront({ port: server.port });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(
      `The router server cannot start: port ${server.port} on 127.0.0.1 is in use. Set ROUTER_PORT to a free port`,
    );
  });

  test('has an IPv6 address in its URL in brackets', async () => {
    const { server } = await startFront({ host: '::1' });
    expect(server.url).toBe(`http://[::1]:${server.port}/graphql`);
  });

  test('serves further routes, to their methods, and responds with what they throw', async () => {
    const { send } = await startFront({
      requestId: () => 'r1',
      routes: [
        {
          path: '/graphql/stream',
          methods: ['PUT', 'DELETE'],
          handle: async ({ request, response, id }, search) => {
            if (request.method === 'DELETE') throw new RequestError('NOT_FOUND', 'No such stream.');
            response.end(JSON.stringify({ id, search }));
          },
        },
      ],
    });
    expect((await send('/graphql/stream?a=1', { method: 'PUT' })).body).toEqual({ id: 'r1', search: 'a=1' });
    const refused = await send('/graphql/stream', { method: 'DELETE' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ extensions: { code: 'NOT_FOUND' } }] } });
    const wrong = await send('/graphql/stream', { method: 'POST' });
    expect(wrong.status).toBe(405);
    expect(wrong.headers.get('allow')).toBe('PUT, DELETE');
  });

  test('does nothing for requests that arrived with one that has its connection closed', async () => {
    let handled = 0;
    const handle = ({ request }: Exchange) => {
      handled += 1;
      request.socket.destroy();
    };
    const { server } = await startFront({ routes: [{ path: '/closes', methods: ['GET'], handle }] });
    await raw(server.port, 'GET /closes HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(5));
    expect(handled).toBe(1);
  });

  test('keeps connections, and responds to pipelined requests in their order', async () => {
    const { server } = await startFront();
    const body = (name: string) => JSON.stringify({ query: `{ hello(name: "${name}") }` });
    const request = (name: string, last = false) =>
      `POST /graphql HTTP/1.1\r\nHost: localhost\r\n${last ? 'Connection: close\r\n' : ''}content-type: application/json\r\ncontent-length: ${body(name).length}\r\n\r\n${body(name)}`;
    const responses = await raw(server.port, request('first') + request('second') + request('third', true));
    expect(responses.match(/Hello, \w+/g)).toEqual(['Hello, first', 'Hello, second', 'Hello, third']);
  });

  test('holds requests that expect something unknown to all limits', async () => {
    const { server } = await startFront();
    const request = (host: string) => `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nExpect: x\r\n`;
    expect(await raw(server.port, `${request('localhost')}Connection: close\r\n\r\n`)).toContain('"live"');
    await raw(server.port, `${request('localhost')}\r\n`.repeat(100));
    expect(server.connections.counts.closed.pipelined).toBe(1);
  });
});

describe('WebSocket handshakes', () => {
  const handshake = (path: string, protocol = 'websocket') =>
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\ncontent-type: application/json\r\n\r\n`;

  test('are handed over', async () => {
    const { server, query } = await startFront({
      upgrade: (_request, socket) => void socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    });
    expect(await raw(server.port, handshake('/graphql'))).toContain('101');
    expect((await query('{ hello }')).status).toBe(200);
  });

  test('of other protocols are requests like any other, and so are all without a handler', async () => {
    const path = '/graphql?query={hello}';
    const { server } = await startFront({ upgrade: (_request, socket) => void socket.destroy() });
    expect(await raw(server.port, handshake(path, 'h2c'))).toContain('Hello, you');
    const without = await startFront();
    expect(await raw(without.server.port, handshake(path))).toContain('Hello, you');
  });
});

describe('closing the server', () => {
  test('turns readiness to 503 first, while requests are still served and clients disconnect', async () => {
    const { server, send, query } = await startFront({ drainDelayMs: 1_500 });
    const closing = server.close();
    expect((await send('/health/ready', {})).status).toBe(503);
    const { status, headers } = await query('{ hello }');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(server.url)).rejects.toThrow();
  });

  test('lets running requests finish and accepts no new connections meanwhile', async () => {
    const { server, query, send, holding, release } = await startFront();
    const running = query('{ held }');
    await vi.waitUntil(() => holding() === 1);
    const closing = server.close();
    await vi.waitFor(() => expect(send('/health/live', {})).rejects.toThrow());
    release();
    const { status, body, headers } = await running;
    expect({ status, body }).toEqual({ status: 200, body: { data: { held: 'released' } } });
    expect(headers.get('connection')).toBe('close');
    await closing;
  });

  test('cuts off requests and handed-over sockets that outlast the grace period', async () => {
    const { server, query, holding } = await startFront({
      graceMs: 10,
      upgrade: (_request, socket) => void socket.on('error', () => {}).write('HTTP/1.1 101 Yes\r\n\r\n'),
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(
      'GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
    );
    await once(socket, 'data');
    const cut = once(socket, 'close');
    const failure = expect(query('{ held }')).rejects.toThrow();
    await vi.waitUntil(() => holding() === 1);
    await server.close();
    await Promise.all([failure, cut]);
  });

  test('ends streams, so that they need not be cut off', async () => {
    const started = Promise.withResolvers<ServerResponse>();
    const { server, query } = await startFront({
      graceMs: 60_000,
      stream: (_prepared, { response }) => {
        response.write('{');
        started.resolve(response);
        return true;
      },
      endStreams: async () => void (await started.promise).end('}'),
    });
    const streamed = query('subscription { placed }');
    await started.promise;
    await server.close();
    expect((await streamed).body).toEqual({});
  });

  test('closes connections that are kept alive, and happens once, however often it is asked for', async () => {
    const { server } = await startFront();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await Promise.all([server.close(), server.close()]);
    await expect(closed).resolves.toEqual([false]);
    await expect(server.close()).resolves.toBeUndefined();
  });
});
