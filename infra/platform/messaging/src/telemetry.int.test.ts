import { createMetrics, noTracing } from '@airline/observability';
import { recordedTracing } from '@airline/observability/recorded-spans';
import { requires, until } from '@airline/testing';
import { deposit, said } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import { credit, delivery, encode, idOf, STREAM, startConsumer } from './consumer.fixture.ts';
import { createEmbeddedTransport } from './embedded/transport.ts';
import { traceparentOf } from './envelope.ts';
import { services } from './messaging.fixture.ts';
import { useRedis } from './redis/redis.fixture.ts';

const TRACE = 'a'.repeat(32);
const traceparent = `00-${TRACE}-${'b'.repeat(16)}-01`;

const measured = () => ({ tracing: noTracing, metrics: createMetrics() });

/** The value of one line of the text format; undefined when there is none. */
function sampleOf(text: string, line: string): number | undefined {
  const found = text.split('\n').find((each) => each.startsWith(`${line} `));
  return found === undefined ? undefined : Number(found.slice(line.length + 1));
}

describe("a consumer's metrics", () => {
  const handled = (outcome: string) =>
    `events_handled_total{type="RemainingSeatsIncreased",outcome="${outcome}"}`;

  test('count what was new, duplicate, retried and a dead letter', async () => {
    const telemetry = measured();
    const service = startConsumer(({ data, ...event }) => {
      if (data.flightId === 'a3') throw new Error('no');
      return credit({ data, ...event });
    }, telemetry);
    const twice = delivery(1);
    await service.deliver(twice);
    await service.deliver({ ...twice, deliveries: 2 }, delivery(2), delivery(3));
    await until('it is a dead letter', async () => (await service.store.deadLetters.list()).length === 1);
    const text = await telemetry.metrics.text();
    expect(sampleOf(text, handled('new'))).toBe(2);
    expect(sampleOf(text, handled('duplicate'))).toBe(1);
    expect(sampleOf(text, handled('failed'))).toBe(5);
    expect(sampleOf(text, 'event_retries_total{stream="airline:flight",cause="permanent"}')).toBe(5);
    expect(sampleOf(text, 'event_redeliveries_total{stream="airline:flight"}')).toBe(1);
    expect(sampleOf(text, 'dead_letters_total{stream="airline:flight"}')).toBe(1);
    const type = '{type="RemainingSeatsIncreased"}';
    expect(sampleOf(text, `event_handling_duration_seconds_count${type}`)).toBe(8);
    expect(sampleOf(text, `event_delay_seconds_count${type}`)).toBe(2);
  });
});

test('at level debug each step of a saga is a line: the event, what was decided and how long it took', async () => {
  const service = startConsumer((event) => {
    if (event.data.flightId === 'a2') throw new Error('no');
    return credit(event);
  });
  const [first, second] = [delivery(1), delivery(2)];
  await service.deliver(first, second);
  await service.deliver({ ...first, deliveries: 2 });
  const steps = service.lines.filter(({ msg }) => msg === 'event handled');
  const step = { level: 'debug', verb: 'handle', type: 'RemainingSeatsIncreased', stream: STREAM };
  expect(steps).toMatchObject([
    {
      ...step,
      consumer: 'reservation',
      eventId: idOf(first),
      outcome: 'done',
      writes: ['account'],
      publishes: ['RemainingSeatsIncreased'],
      durationMs: expect.any(Number),
    },
    { ...step, eventId: idOf(first), outcome: 'known already', writes: [] },
  ]);
});

describe("an event's trace", () => {
  test('goes through its handling to what is published for it', async () => {
    const { tracing, ended } = recordedTracing();
    const service = startConsumer(credit, { tracing, metrics: createMetrics() });
    await service.deliver({ ...delivery(1), event: encode(said('a1', 1), traceparent) });
    const [span] = ended();
    expect(span).toMatchObject({ name: 'handle RemainingSeatsIncreased' });
    expect(span?.parentSpanContext).toMatchObject({ traceId: TRACE, spanId: 'b'.repeat(16) });
    const [published] = await service.store.log.read(0, 1);
    expect(traceparentOf(published?.event ?? '')).toBe(`00-${TRACE}-${span?.spanContext().spanId}-01`);
  });

  test('ends where an event comes without it', async () => {
    const { tracing, ended } = recordedTracing();
    const service = startConsumer(credit, { tracing, metrics: createMetrics() });
    await service.deliver(delivery(1));
    expect(ended()[0]?.parentSpanContext).toBeUndefined();
    expect(ended()[0]?.spanContext().traceId).not.toBe(TRACE);
  });

  test('is not found in what a customer has written', () => {
    const sly = `"traceparent":"00-${'c'.repeat(32)}-${'d'.repeat(16)}-01"`;
    expect(traceparentOf(encode(said(sly, 1), traceparent))).toBe(traceparent);
    expect(traceparentOf(encode(said(sly, 1)))).toBeUndefined();
  });
});

const of = (group: string) => `{stream="airline:flight",group="${group}"}`;
const stream = '{stream="airline:flight"}';

describe('on the embedded transport', () => {
  test('groups stand where they are', async () => {
    const telemetry = measured();
    const { startFlight, startReservation, write, count, received } = services(
      createEmbeddedTransport(),
      telemetry,
    );
    startFlight();
    startReservation(count);
    await write(3);
    await until('all are handled', async () => (await received()) === 3);
    const text = await telemetry.metrics.text();
    expect(sampleOf(text, `outbox_unpublished_events${stream}`)).toBe(0);
    expect(sampleOf(text, `outbox_oldest_unpublished_age_seconds${stream}`)).toBe(0);
    expect(sampleOf(text, `stream_length${stream}`)).toBe(3);
    expect(sampleOf(text, `group_lag_events${of('reservation')}`)).toBe(0);
    expect(sampleOf(text, 'dead_letters')).toBe(0);
    expect(text).not.toContain('scrape_failures_total');
  });

  test('dead letters are counted until an operator drops them', async () => {
    const telemetry = measured();
    const { flight, startFlight } = services(createEmbeddedTransport(), telemetry);
    startFlight();
    const letter = {
      ...{ consumer: 'flight', stream: 'airline:reservation', seq: 1, event: '{}', eventType: '' },
      ...{ error: 'no', deliveries: 5, diedAt: new Date().toISOString() },
    };
    for (const eventId of ['e1', 'e2']) await flight.deadLetters.add({ ...letter, eventId });
    expect(sampleOf(await telemetry.metrics.text(), 'dead_letters')).toBe(2);
    await flight.deadLetters.drop(['e1', 'e2'], { by: 'olga', reason: 'settled' });
    expect(sampleOf(await telemetry.metrics.text(), 'dead_letters')).toBe(0);
  });

  test('a group that handles nothing has what it was given pending, and that grows old', async () => {
    const telemetry = measured();
    const { startFlight, startReservation, write } = services(createEmbeddedTransport(), telemetry);
    startFlight();
    startReservation(() => {
      throw Object.assign(new Error('the database is locked'), { code: 'SQLITE_BUSY' });
    });
    await write(3);
    await until('they are pending for a while', async () => {
      const text = await telemetry.metrics.text();
      const age = sampleOf(text, `group_oldest_pending_age_seconds${of('reservation')}`) ?? 0;
      return sampleOf(text, `group_pending_events${of('reservation')}`) === 3 && age > 0;
    });
  });
});

describe('on Redis', requires('redis-server').options, () => {
  const redis = useRedis();

  test('the relay, the stream and its groups report their status, and spans what was appended', async () => {
    const { tracing, ended } = recordedTracing();
    const telemetry = { tracing, metrics: createMetrics() };
    const { flight, startFlight, startReservation, write, count, received } = services(
      redis.transport(),
      telemetry,
    );
    startReservation(count);
    startFlight();
    await flight.transact({ ...deposit('a', 1), traceparent });
    await write(2);
    await until('all are handled', async () => (await received()) === 3);
    await until('all are acknowledged', async () => {
      const text = await telemetry.metrics.text();
      return sampleOf(text, `group_pending_events${of('reservation')}`) === 0;
    });
    const text = await telemetry.metrics.text();
    expect(sampleOf(text, `relay_published_total${stream}`)).toBe(3);
    expect(sampleOf(text, `outbox_unpublished_events${stream}`)).toBe(0);
    expect(sampleOf(text, `stream_length${stream}`)).toBe(3);
    expect(sampleOf(text, `group_lag_events${of('reservation')}`)).toBe(0);
    expect(ended().map(({ name, parentSpanContext }) => [name, parentSpanContext?.traceId])).toEqual([
      ['publish airline:flight', TRACE],
    ]);
  });

  test('the lag of a group is what Redis reports, also where entries that it has handled were removed', async () => {
    const telemetry = measured();
    const { startFlight, startReservation, write, count, received } = services(redis.transport(), telemetry);
    await redis.command('FLUSHALL');
    const reservation = startReservation(count);
    // Once at the start it looks for lost entries, and never again: of a group that is made by hand it would miss some.
    const startedAt = new Date();
    startFlight({ now: () => startedAt });
    await write(5);
    await until('all are handled', async () => (await received()) === 5);
    for (const group of ['payment', 'dashboard'])
      await redis.command('XGROUP', 'CREATE', 'airline:flight', group, '$');
    await reservation.close();
    await redis.command('XTRIM', 'airline:flight', 'MAXLEN', '1');
    await write(7);
    const client = await redis.client();
    await until('they are published', async () => {
      const groups = await client.xInfoGroups('airline:flight');
      return groups.some(({ name, lag }) => name === 'reservation' && lag === 7);
    });
    expect(sampleOf(await telemetry.metrics.text(), `group_lag_events${of('reservation')}`)).toBe(7);
  });

  test('what waits for an unavailable Redis is reported by its number and age', async () => {
    const telemetry = measured();
    await redis.command('FLUSHALL');
    const { startFlight, write } = services(redis.transport(), telemetry);
    startFlight();
    await write(1);
    await until('it is published', async () =>
      (await telemetry.metrics.text()).includes(`relay_published_total${stream} 1`),
    );
    await redis.server().kill();
    await write(2);
    await until('they wait for a while', async () => {
      const text = await telemetry.metrics.text();
      const age = sampleOf(text, `outbox_oldest_unpublished_age_seconds${stream}`) ?? 0;
      return sampleOf(text, `outbox_unpublished_events${stream}`) === 2 && age > 0;
    });
    expect(sampleOf(await telemetry.metrics.text(), `relay_failures_total${stream}`)).toBeGreaterThan(0);
    await redis.server().start();
    await until('they are published', async () =>
      (await telemetry.metrics.text()).includes(`outbox_unpublished_events${stream} 0`),
    );
  });
});
