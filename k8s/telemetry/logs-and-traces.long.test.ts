import { randomBytes } from 'node:crypto';
import { bookingAt } from '@airline/e2e/booking';
import { type SystemOnRedis, startOnRedis } from '@airline/e2e/system';
import { bookTraced, type TracedBooking } from '@airline/e2e/trace/book';
import { services as subgraphs } from '@airline/schema/events';
import { freePort, requires, tempFolder, until } from '@airline/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { panelQueries } from '../cluster/dashboards.ts';
import { startStubNode } from './node.ts';
import { getJson } from './programs.ts';
import { type Stores, startStores } from './stores.ts';

const services = ['router', ...subgraphs];

const running = new AsyncDisposableStack();
let system: SystemOnRedis;
let stores: Stores;

/** The streams that Loki finds, each with its labels and what stands beside its lines. */
async function linesOf(
  query: string,
): Promise<{ stream: Record<string, string>; values: [string, string][] }[]> {
  const { data } = await getJson<{
    data: { result: { stream: Record<string, string>; values: [string, string][] }[] };
  }>(`${stores.loki}/loki/api/v1/query_range`, { query, limit: '1000' });
  return data.result;
}

interface JaegerTrace {
  readonly spans: readonly {
    readonly spanID: string;
    readonly operationName: string;
    readonly processID: string;
    readonly references: readonly { readonly refType: string; readonly spanID: string }[];
  }[];
  readonly processes: Readonly<Record<string, { readonly serviceName: string }>>;
}

async function traceOf(id: string): Promise<JaegerTrace | undefined> {
  const { data } = await getJson<{ data: JaegerTrace[] }>(`${stores.jaeger}/api/traces/${id}`);
  return data[0];
}

describe(
  'a collector, Loki and Jaeger with the configurations of the cluster',
  requires('otelcol', 'loki', 'jaeger', 'redis-server').options,
  () => {
    beforeAll(async () => {
      const folder = running.use(await tempFolder());
      const node = running.use(await startStubNode(folder.path, services));
      // Spans that come before the collector are dropped.
      const collectorPort = await freePort();
      system = running.use(
        await startOnRedis({
          LOG_LEVEL: 'debug',
          OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${collectorPort}`,
          OTEL_BSP_SCHEDULE_DELAY: '50',
        }),
      );
      node.follow(system.processes);
      stores = running.use(await startStores(folder.path, node, collectorPort));
    });

    afterAll(() => running.disposeAsync());

    let booked: TracedBooking;

    describe('a booking', () => {
      let traceId: string;

      beforeAll(async () => {
        traceId = randomBytes(16).toString('hex');
        booked = await bookTraced(system.url, traceId);
        expect(booked.status).toBe('SUCCEED');
      });

      test('is found in Loki by the id of its trace: the lines of all services, each with its pod, level and span', async () => {
        const query = `{k8s_namespace_name="airline"} | trace_id="${traceId}"`;
        const found = await until('Loki has lines of all services', async () => {
          const streams = await linesOf(query);
          return (
            new Set(streams.map(({ stream }) => stream.service_name)).size === services.length && streams
          );
        });
        expect(new Set(found.map(({ stream }) => stream.service_name))).toEqual(new Set(services));
        for (const { stream, values } of found) {
          expect(stream).toMatchObject({
            k8s_pod_name: `${stream.service_name}-0`,
            severity_text: expect.stringMatching(/^(?:debug|info)$/),
            span_id: expect.stringMatching(/^[0-9a-f]{16}$/),
          });
          // As the service wrote it.
          for (const [, line] of values)
            expect(JSON.parse(line)).toMatchObject({ service: stream.service_name, trace_id: traceId });
        }
      });

      test('is one whole trace in Jaeger, from the request to its last effect', async () => {
        const { spans, processes } = await until('its last effect is there', async () => {
          const trace = await traceOf(traceId);
          return (
            trace?.spans.some(({ operationName }) => operationName === 'handle ReservationSucceeded') && trace
          );
        });
        expect(new Set(spans.map(({ processID }) => processes[processID]?.serviceName))).toEqual(
          new Set(services),
        );
        const ids = new Set(spans.map(({ spanID }) => spanID));
        const orphans = spans.filter(({ references }) =>
          references.every(({ refType, spanID }) => refType !== 'CHILD_OF' || !ids.has(spanID)),
        );
        // The client has begun the trace.
        expect(orphans.map(({ operationName }) => operationName)).toEqual(['mutation Book']);
      });
    });

    test('of the boards, each query of logs returns lines', async () => {
      // What the router and a service warn of: a subgraph that is gone, and a Redis.
      await system.processes.payment?.kill();
      await system.redis.kill();
      await expect(bookingAt(system.url).reservation(booked.reservationId)).rejects.toThrow();
      const queries = panelQueries('loki');
      expect(queries).not.toEqual([]);
      for (const { panel, query } of queries)
        await until(`${panel} has lines`, async () => (await linesOf(query)).length > 0);
    });
  },
);
