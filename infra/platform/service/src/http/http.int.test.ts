import { once } from 'node:events';
import { connect } from 'node:net';
import { raw } from '@airline/testing/hostile-input';
import { describe, expect, test, vi } from 'vitest';
import { RequestError } from '../errors/errors.ts';
import { StartError } from '../errors/start-error.ts';
import { startTestServer } from './server.fixture.ts';

describe('a GraphQL server', () => {
  test('serves liveness and readiness, and readiness with 503 when a required check fails', async () => {
    const { origin, health } = await startTestServer();
    expect(await (await fetch(`${origin}/health/live`)).json()).toEqual({ status: 'live' });
    const ready = await fetch(`${origin}/health/ready`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', checks: {} });

    health.register({ name: 'transport', kind: 'informative', check: () => ({ ok: false }) });
    expect((await fetch(`${origin}/health/ready`)).status).toBe(200);
    health.register({ name: 'database', kind: 'required', check: () => ({ ok: false, detail: 'down' }) });
    const unavailable = await fetch(`${origin}/health/ready`);
    expect(unavailable.status).toBe(503);
    expect(await unavailable.json()).toEqual({
      status: 'unavailable',
      checks: {
        transport: { kind: 'informative', ok: false },
        database: { kind: 'required', ok: false, detail: 'down' },
      },
    });
  });

  test('passes on the id of a request, or gives it one', async () => {
    const seen: string[] = [];
    const { post } = await startTestServer({
      requestId: () => 'made-here',
      context: ({ id }) => {
        seen.push(id);
        return {};
      },
    });
    const hello = '{"query":"{ hello }"}';
    expect((await post(hello, { 'x-request-id': 'from-client.1' })).headers.get('x-request-id')).toBe(
      'from-client.1',
    );
    expect((await post(hello)).headers.get('x-request-id')).toBe('made-here');
    expect((await post(hello, { 'x-request-id': 'no good' })).headers.get('x-request-id')).toBe('made-here');
    expect(seen).toEqual(['from-client.1', 'made-here', 'made-here']);
  });

  test('sets the status for a refusal from its context', async () => {
    const { query } = await startTestServer({
      context: () => {
        throw new RequestError('UNAUTHENTICATED', 'The token has expired.');
      },
    });
    const { status, body } = await query('{ hello }');
    expect(status).toBe(401);
    expect(body).toEqual({
      errors: [{ message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('masks what its context throws unexpectedly', async () => {
    const { query, log } = await startTestServer({ context: () => Promise.reject(new Error('10.0.0.7')) });
    const { status, body } = await query('{ hello }');
    expect(status).toBe(500);
    expect(body.errors).toEqual([
      { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    ]);
    expect(JSON.stringify(log)).toContain('10.0.0.7');
  });

  test('whose port is in use fails with the variable to change', async () => {
    const { server } = await startTestServer();
    const second = startTestServer({ port: server.port, portVariable: 'FLIGHT_PORT' });
    await expect(second).rejects.toThrow(StartError);
    await expect(second).rejects.toThrow(
      `port ${server.port} on 127.0.0.1 is in use. Set FLIGHT_PORT to a free port`,
    );
  });

  test('whose address does not exist fails with the variable to change', async () => {
    await expect(startTestServer({ host: '192.0.2.1' })).rejects.toThrow('no address 192.0.2.1. Set HOST');
  });

  test('has an IPv6 address in its URL in brackets', async () => {
    const { server } = await startTestServer({ host: '::1' });
    expect(server.url).toBe(`http://[::1]:${server.port}/graphql`);
  });
});

describe('pages of other sites', () => {
  const hello = JSON.stringify({ query: '{ hello }' });

  test('are refused, and so are names of theirs; requests without an Origin are not', async () => {
    const { post, server } = await startTestServer();
    const allowed = await post(hello);
    expect(allowed.body).toEqual({ data: { hello: 'Hello, you' } });
    for (const origin of ['http://evil.example', 'null'])
      expect(await post(hello, { origin })).toMatchObject({
        status: 403,
        body: { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
      });
    const asked = (path: string, host: string) =>
      raw(server.port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(await asked('/graphql?query={hello}', 'evil.example')).toMatch(/^HTTP\/1.1 403 /);
    expect(await asked('/health/ready', '10.0.0.7:8081')).toMatch(/^HTTP\/1.1 200 .*{"status":"ready"}$/s);
  });

  test('find hosts that are allowed by name', async () => {
    const { post, server } = await startTestServer({ host: '0.0.0.0', allowedHosts: ['flight'] });
    const asked = (host: string) =>
      raw(
        server.port,
        `GET /graphql?query={hello} HTTP/1.1\r\nHost: ${host}\r\napollo-require-preflight: 1\r\nConnection: close\r\n\r\n`,
      );
    expect((await post(hello)).status).toBe(403);
    expect(await asked('flight:8082')).toMatch(/^HTTP\/1.1 200 /);
  });

  test('get nothing that a browser takes for another type', async () => {
    const { origin } = await startTestServer();
    for (const path of ['/graphql', '/nothing', '/health/live'])
      expect((await fetch(origin + path)).headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('closing a server', () => {
  test('turns readiness to 503 first, while requests are still served and connections closed', async () => {
    const { server, origin, query } = await startTestServer({ drainDelayMs: 1_500 });
    const closing = server.close();
    expect((await fetch(`${origin}/health/ready`)).status).toBe(503);
    expect((await fetch(`${origin}/health/live`)).status).toBe(200);
    const { status, headers } = await query('{ hello }');
    expect([status, headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(origin)).rejects.toThrow();
  });

  test('lets requests in flight finish and accepts no new connections meanwhile', async () => {
    const { server, origin, query, holding, release } = await startTestServer();
    const running = query('{ held }');
    await vi.waitUntil(() => holding() === 1);
    const closing = server.close();
    await vi.waitFor(() => expect(fetch(`${origin}/health/live`)).rejects.toThrow());
    release();
    const { status, body, headers } = await running;
    expect({ status, body }).toEqual({ status: 200, body: { data: { held: 'released' } } });
    expect(headers.get('connection')).toBe('close');
    await closing;
  });

  test('closes connections of requests that outlast the grace period', async () => {
    const { server, query, holding } = await startTestServer({ graceMs: 10 });
    const running = query('{ held }');
    const failure = expect(running).rejects.toThrow();
    await vi.waitUntil(() => holding() === 1);
    await server.close();
    await failure;
  });

  test('closes connections that are kept alive', async () => {
    const { server } = await startTestServer();
    const socket = connect(server.port, '127.0.0.1');
    socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(socket, 'data');
    const closed = once(socket, 'close');
    await server.close();
    await expect(closed).resolves.toEqual([false]);
  });

  test('happens once, however often it is called', async () => {
    const { server } = await startTestServer();
    await Promise.all([server.close(), server.close()]);
    await expect(server.close()).resolves.toBeUndefined();
  });
});
