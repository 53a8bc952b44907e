import { createMetrics, noTracing } from '@airline/observability';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { raw } from '@airline/testing/hostile-input';
import { describe, expect, test } from 'vitest';
import { compose, routerOver, startSubgraphs, supergraphFile } from './router.fixture.ts';

const TRACE = 'a'.repeat(32);
const traceparent = `00-${TRACE}-${'b'.repeat(16)}-01`;

async function start(telemetry = { tracing: noTracing, metrics: createMetrics() }) {
  const { flight, payment } = await startSubgraphs();
  const urls = { flight: flight.url, payment: payment.url };
  const file = await supergraphFile(compose(urls));
  const router = await routerOver(file.path, {}, telemetry);
  const scrape = async () => await (await fetch(`${router.origin}/metrics`)).text();
  return { flight, payment, urls, file, ...router, scrape };
}

describe("the router's metrics", () => {
  test('report its operations, its fetches and its cache of documents', async () => {
    const { query, payment, scrape } = await start();
    await query('query Flights { flights { id revenue } }');
    await query('query Flights { flights { id revenue } }');
    await query('query Flights { flights { id nothing } }');
    await payment.close();
    await query('{ flights { revenue } }');
    const text = await scrape();
    const operation = (labels: string) => `graphql_operation_duration_seconds_count{${labels}}`;
    expect(text).toContain(`${operation('operation="Flights",type="query",outcome="ok"')} 2\n`);
    expect(text).toContain(`${operation('operation="anonymous",type="unknown",outcome="refused"')} 1\n`);
    expect(text).toContain(`${operation('operation="anonymous",type="query",outcome="errors"')} 1\n`);
    const fetches = (labels: string) => `subgraph_fetch_duration_seconds_count{${labels}}`;
    expect(text).toContain(`${fetches('subgraph="flight",outcome="ok"')} 3\n`);
    expect(text).toContain(`${fetches('subgraph="payment",outcome="ok"')} 2\n`);
    expect(text).toContain(`${fetches('subgraph="payment",outcome="unavailable"')} 1\n`);
    expect(text).toContain('router_documents_total{result="hit"} 1\n');
    expect(text).toContain('router_documents_total{result="miss"} 3\n');
    // And one operation of the pages that any graph can answer.
    expect(text).toContain('router_documents_cached 3\n');
    expect(text).toContain('router_planning_duration_seconds_count 3\n');
    expect(text).toContain('subscriptions_open 0\n');
    expect(text).not.toContain('scrape_failures_total');
  });

  test('show no miss after a reload, for what was in use: it is planned before', async () => {
    const { query, file, urls, scrape, lines } = await start();
    await query('{ flights { id revenue } }');
    await file.replace(compose(urls, ', gate: String'));
    await expect
      .poll(() => lines.map(({ msg }) => msg), { timeout: 20_000 })
      .toContain('serving the new supergraph');
    expect((await query('{ flights { id revenue } }')).status).toBe(200);
    const text = await scrape();
    expect(text).toContain('router_documents_total{result="hit"} 1\n');
    expect(text).toContain('router_documents_total{result="miss"} 1\n');
  });

  test('have at most 200 names of operations', async () => {
    const { query, scrape } = await start();
    for (let number = 0; number < 205; number += 1) await query(`query Q${number} { paid }`);
    const names = new Set((await scrape()).match(/(?<=operation_duration_seconds_count\{operation=")\w+/g));
    expect(names.size).toBe(201);
    expect(names).toContain('other');
  });

  test('are written to one connection one after the other', async () => {
    const { origin } = await start();
    const request = (more = '') => `GET /metrics HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`;
    const received = await raw(
      Number(new URL(origin).port),
      request().repeat(7) + request('connection: close\r\n'),
    );
    expect(received.match(/HTTP\/1.1 200 OK/g)).toHaveLength(8);
  });

  test('are for this machine alone, as without a port of their own', async () => {
    const { origin } = await start();
    const status = async (headers: Record<string, string>) =>
      (await fetch(`${origin}/metrics`, { headers })).status;
    expect(await status({})).toBe(200);
    expect(await status({ 'x-forwarded-for': '192.0.2.1' })).toBe(404);
  });

  test('are not served by a router without telemetry', async () => {
    const { flight, payment } = await startSubgraphs();
    const file = await supergraphFile(compose({ flight: flight.url, payment: payment.url }));
    const { origin } = await routerOver(file.path);
    expect((await fetch(`${origin}/metrics`)).status).toBe(404);
  });
});

describe("a client's trace", () => {
  test('continues in the operation, and from each fetch in the subgraph', async () => {
    const { tracing, ended } = recordedTracing();
    const { query, flight, payment } = await start({ tracing, metrics: createMetrics() });
    await query('query Flights { flights { revenue } }', {}, { traceparent });
    const named = (name: string) => ended().find((span) => span.name === name);
    const operation = named('query Flights');
    expect(operation?.parentSpanContext).toMatchObject({ traceId: TRACE, spanId: 'b'.repeat(16) });
    for (const [subgraph, name] of [
      [flight, 'fetch flight'],
      [payment, 'fetch payment'],
    ] as const) {
      const span = named(name);
      expect(span?.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId);
      expect(subgraph.seen[0]).toMatchObject({ traceparent: `00-${TRACE}-${span?.spanContext().spanId}-01` });
    }
    expect(named('plan')?.parentSpanContext?.spanId).toBe(operation?.spanContext().spanId);
  });

  test('begins at the router where a client brings none', async () => {
    const { tracing, ended } = recordedTracing();
    const { query, flight } = await start({ tracing, metrics: createMetrics() });
    await query('query Flights { flights { id } }');
    const operation = ended().find(({ name }) => name === 'query Flights');
    expect(operation?.parentSpanContext).toBeUndefined();
    expect(flight.seen[0]?.traceparent).toContain(operation?.spanContext().traceId);
  });
});
