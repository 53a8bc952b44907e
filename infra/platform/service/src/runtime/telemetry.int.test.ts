import { createMetrics, noTracing } from '@airline/observability';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { execute } from '@airline/testing';
import { raw } from '@airline/testing/hostile-input';
import { deposit, openSample, said } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import { serveSample } from '../feed/sample.fixture.ts';
import { commitTelemetry, observePublished } from './store-telemetry.ts';

const TRACE = 'a'.repeat(32);
const traceparent = `00-${TRACE}-${'b'.repeat(16)}-01`;

const measured = () => ({ tracing: noTracing, metrics: createMetrics() });

const NAMED = 'query Look { account(id: "a") { id } }';

describe('GET /metrics', () => {
  test('is served beside /graphql, with the operations and the process', async () => {
    const telemetry = measured();
    const { server } = await serveSample({ telemetry });
    await execute(server.url, NAMED);
    await execute(server.url, NAMED);
    await execute(server.url, '{ account(id: "a") { secret } nothing }');
    const response = await fetch(new URL('/metrics', server.url));
    const text = await response.text();
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const count = (labels: string) => `graphql_operation_duration_seconds_count{${labels}}`;
    expect(text).toContain(`${count('operation="Look",type="query",outcome="ok"')} 2\n`);
    expect(text).toContain(`${count('operation="anonymous",type="unknown",outcome="refused"')} 1\n`);
    expect(text).toContain('process_cpu_seconds_total');
  });

  test('is for this machine alone beside /graphql, as are the checks of readiness', async () => {
    const { server } = await serveSample({ telemetry: measured() });
    const { origin } = new URL(server.url);
    const proxied = { headers: { 'x-forwarded-for': '192.0.2.1' } };
    expect((await fetch(`${origin}/metrics`, proxied)).status).toBe(404);
    expect(await (await fetch(`${origin}/health/ready`, proxied)).json()).toEqual({ status: 'ready' });
    expect(await (await fetch(`${origin}/health/ready`)).json()).toMatchObject({ checks: {} });
  });

  test('is served only on its own port, if it has one', async () => {
    const telemetry = measured();
    const { server, log } = await serveSample({ telemetry, metricsPort: 0 });
    const { port } = log.find(({ msg }) => msg === 'serving metrics') ?? {};
    const response = await fetch(`http://127.0.0.1:${port}/metrics`);
    expect(await response.text()).toContain('process_cpu_seconds_total');
    expect((await fetch(`http://127.0.0.1:${port}/graphql`)).status).toBe(404);
    const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
    expect(await ready.json()).toMatchObject({ status: 'ready', checks: { database: { ok: true } } });
    expect(
      await raw(Number(port), 'GET /metrics HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1.1 403 /);
    expect((await fetch(new URL('/metrics', server.url))).status).toBe(404);
    await server.close();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  });

  test('names the variable when its port is taken', async () => {
    const { server } = await serveSample();
    const second = serveSample({ telemetry: measured(), metricsPort: server.port });
    await expect(second).rejects.toThrow(/metrics server cannot start: .*Set METRICS_PORT/);
  });
});

test('health is served on its own port, too, if it has one, until the subgraph is closed', async () => {
  const { server, log } = await serveSample({ healthPort: 0 });
  const { port } = log.find(({ msg }) => msg === 'serving health') ?? {};
  const ready = async (origin: string) => (await fetch(`${origin}/health/ready`)).json();
  await expect
    .poll(() => ready(`http://127.0.0.1:${port}`), { timeout: 10_000 })
    .toEqual({ status: 'ready' });
  expect(await ready(new URL(server.url).origin)).toMatchObject({ status: 'ready' });
  await server.close();
  await expect(ready(`http://127.0.0.1:${port}`)).rejects.toThrow();
});

test("a request is a span that continues its client's trace, and names its operation", async () => {
  const { tracing, ended } = recordedTracing();
  const { server } = await serveSample({ telemetry: { tracing, metrics: createMetrics() } });
  await execute(server.url, NAMED, {}, { traceparent });
  await expect.poll(() => ended().map(({ name }) => name)).toEqual(['query Look']);
  const [span] = ended();
  expect(span?.parentSpanContext).toMatchObject({ traceId: TRACE, spanId: 'b'.repeat(16) });
  expect(span?.attributes).toMatchObject({ 'http.response.status_code': 200, 'graphql.outcome': 'ok' });
});

describe('a store', () => {
  test('records its transactions, and one of several traces by links', async () => {
    const { tracing, ended } = recordedTracing();
    const metrics = createMetrics();
    const { store } = openSample({ onCommit: commitTelemetry({ tracing, metrics }) });
    onTestFinished(() => store.close());
    const other = traceparent.replace(TRACE, 'c'.repeat(32));
    await Promise.all([
      store.transact({ ...deposit('a', 1), traceparent }),
      store.transact({ ...deposit('b', 1), traceparent: other }),
    ]);
    await store.transact({ ...deposit('a', 1), traceparent });
    const [shared, alone] = ended();
    expect(shared?.links.map(({ context }) => context.traceId)).toEqual([TRACE, 'c'.repeat(32)]);
    expect(alone?.parentSpanContext?.traceId).toBe(TRACE);
    const text = await metrics.text();
    expect(text).toContain('store_commit_duration_seconds_count{outcome="committed"} 2\n');
    expect(text).toContain('store_commit_decisions_sum 3\n');
  });

  test('reports the events of a retried decision once, and those of a failed one never', async () => {
    const { store: bare } = openSample();
    onTestFinished(() => bare.close());
    const reported: string[] = [];
    const store = observePublished(bare, ({ type }) => reported.push(type));
    const fails = {
      keys: {},
      decide: () => {
        throw new Error('no');
      },
    };
    const handle = () => store.handle({ consumer: 'c', eventId: '1' }, { keys: {}, decide: () => saidOnce });
    const saidOnce = { publish: [said('b', 1)] };
    // In one batch, which is retried after the failure.
    await Promise.allSettled([store.transact(deposit('a', 1)), store.transact(fails), handle()]);
    await handle();
    expect(reported).toEqual(['RemainingSeatsIncreased', 'RemainingSeatsIncreased']);
  });
});

describe('at level debug', () => {
  test('a request and its operation are a line each, by their id and without what they brought', async () => {
    const { server, log, logger } = await serveSample();
    logger.level = 'debug';
    const query = 'query Look($id: ID!) { account(id: $id) { id } }';
    await execute(server.url, query, { id: 'hidden' }, { 'x-request-id': 'r-1' });
    await fetch(new URL('/hidden?token=hidden', server.url));
    await expect.poll(() => log.filter(({ msg }) => msg === 'request')).toHaveLength(2);
    const operation = { type: 'query', operation: 'Look', outcome: 'ok', codes: [], requestId: 'r-1' };
    expect(log.filter(({ msg }) => msg === 'operation')).toMatchObject([{ level: 'debug', ...operation }]);
    expect(log.filter(({ msg }) => msg === 'request')).toMatchObject([
      { level: 'debug', method: 'POST', path: '/graphql', status: 200, requestId: 'r-1' },
      { method: 'GET', status: 404, requestId: expect.any(String) },
    ]);
    expect(JSON.stringify(log)).not.toContain('hidden');
  });

  test('they are no lines at level info', async () => {
    const { server, log } = await serveSample();
    await execute(server.url, NAMED);
    expect(log.filter(({ msg }) => msg === 'operation' || msg === 'request')).toEqual([]);
  });
});
