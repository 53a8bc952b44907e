import { randomBytes } from 'node:crypto';
import { services } from '@airline/schema/events';
import { requires } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { withFault } from '../planted-faults/faults.ts';
import { startEmbedded, startOnPostgres, startOnRedis } from '../system.ts';
import { bookTraced, settledTraces, tracedTo } from './book.ts';
import { type ReceivedSpan, startOtlpReceiver } from './otlp-receiver.ts';
import { traceTree } from './tree.ts';

/** What a system records of one booking, whose client has begun the trace. */
async function traceOfBooking(
  start: typeof startEmbedded | typeof startOnRedis | typeof startOnPostgres,
  env = {},
) {
  const receiver = await startOtlpReceiver();
  onTestFinished(() => receiver[Symbol.asyncDispose]());
  const system = await start({ ...tracedTo(receiver), ...env });
  onTestFinished(() => system[Symbol.asyncDispose]());
  const booking = await bookTraced(system.url, randomBytes(16).toString('hex'));
  expect(booking.status).toBe('SUCCEED');
  return { ...booking, spans: await settledTraces(receiver, 1) };
}

/** How an effect came about: its span and all above it, by service and name. */
function causes(spans: readonly ReceivedSpan[], service: string, name: string): string[] {
  const above: string[] = [];
  let span = spans.find((each) => each.service === service && each.name === name);
  while (span) {
    above.unshift(`${span.service}: ${span.name}`);
    const { parentSpanId } = span;
    span = spans.find(({ spanId }) => spanId === parentSpanId);
  }
  return above;
}

const SAGA = [
  'router: mutation Book',
  'router: fetch reservation',
  'reservation: mutation Book__reservation__0',
  'flight: handle ReservationPlaced',
  'payment: handle RemainingSeatsDecreased',
  'payment: settle payment',
  'reservation: handle Paid',
  'dashboard: handle ReservationSucceeded',
];

/** One trace holds it all, from the router to the dashboard's last effect, by way of every service. */
function expectOneTrace({ traceId, spans }: Awaited<ReturnType<typeof traceOfBooking>>): ReceivedSpan[] {
  const ofBooking = spans.filter((span) => span.traceId === traceId);
  expect(new Set(ofBooking.map(({ service }) => service))).toEqual(new Set(['router', ...services]));
  expect(causes(ofBooking, 'dashboard', 'handle ReservationSucceeded')).toEqual(SAGA);
  expect(causes(ofBooking, 'payment', 'charge').slice(-2)).toEqual([
    'payment: settle payment',
    'payment: charge',
  ]);
  // Nothing of it is recorded elsewhere: the registration of its flight causes no event that a service handles.
  expect(spans.filter(({ name }) => name.startsWith('handle ')).map((span) => span.traceId)).toEqual(
    ofBooking.filter(({ name }) => name.startsWith('handle ')).map(() => traceId),
  );
  return ofBooking;
}

describe('a booking is one trace', () => {
  test('in one process, on the embedded transport', async () => {
    const spans = expectOneTrace(await traceOfBooking(startEmbedded));
    const [header, first] = traceTree(spans).split('\n');
    expect(header).toMatch(/^service +span +at ms +took ms$/);
    expect(first).toMatch(/^router +mutation Book +0\.0 +\d+\.\d$/);
  });

  test('across processes, on Redis', requires('redis-server').options, async () => {
    const spans = expectOneTrace(await traceOfBooking(startOnRedis));
    const published = spans.filter(({ name }) => name.startsWith('publish '));
    expect(new Set(published.map(({ service }) => service))).toEqual(new Set(services));
  });

  test('across replicas, on Postgres', requires('redis-server', 'postgres').options, async () => {
    expectOneTrace(await traceOfBooking(startOnPostgres));
  });

  test('but several where its events do not carry it on', async () => {
    const { nodeOptions, env } = withFault('untraced events');
    const NODE_OPTIONS = nodeOptions.join(' ');
    const { traceId, spans } = await traceOfBooking(startEmbedded, { ...env, NODE_OPTIONS });
    const handling = spans.filter(({ name }) => name.startsWith('handle '));
    expect(handling.length).toBeGreaterThan(5);
    expect(handling.map((span) => span.traceId)).not.toContain(traceId);
    expect(new Set(handling.map((span) => span.traceId)).size).toBe(handling.length);
  });
});
