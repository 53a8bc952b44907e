import { createMetrics, noTracing } from '@airline/observability';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { expect, test } from 'vitest';
import { createOperationTelemetry } from './operation-telemetry.ts';
import { client, createTestPipeline } from './pipeline.fixture.ts';

const TRACE = 'a'.repeat(32);
const traced = { ...client, forwarded: { traceparent: `00-${TRACE}-${'b'.repeat(16)}-01` } };

const SUBSCRIBE = 'subscription Watch { flightUpdated { id revenue } }';

test("an event of a subscription is a trace of its own, with a link to its subscriber's", async () => {
  const { tracing, ended } = recordedTracing();
  const telemetry = { tracing, metrics: createMetrics() };
  const { pipeline, prepared } = createTestPipeline({ telemetry });
  const subscription = { ...(await prepared(SUBSCRIBE)), client: traced };
  await pipeline.execute(subscription, { data: { flightUpdated: { __typename: 'Flight', id: '7' } } });
  const event = ended().find(({ name }) => name === 'subscription Watch event');
  expect(event?.parentSpanContext).toBeUndefined();
  expect(event?.links.map(({ context }) => context.traceId)).toEqual([TRACE]);
});

test('a subscription counts as ok once it has begun, and is counted once', async () => {
  const metrics = createMetrics();
  const { pipeline, prepared } = createTestPipeline({ telemetry: { tracing: noTracing, metrics } });
  const subscription = await prepared(SUBSCRIBE);
  await pipeline.execute(subscription, { data: { flightUpdated: { __typename: 'Flight', id: '7' } } });
  expect(await metrics.text()).toContain(
    'graphql_operation_duration_seconds_count{operation="Watch",type="subscription",outcome="ok"} 1\n',
  );
});

test('a document is planned in a span only for an operation, not when a new supergraph has all planned again', () => {
  const { tracing, ended } = recordedTracing();
  const operations = createOperationTelemetry({ tracing, metrics: createMetrics() });
  operations.counted(false, () => ({}));
  expect(ended()).toEqual([]);
  operations.begin(traced).span.within(() => operations.counted(false, () => ({})));
  expect(ended().map(({ name }) => name)).toEqual(['plan']);
});
