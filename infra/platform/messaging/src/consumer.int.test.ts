import { isTransient } from '@airline/database';
import { until } from '@airline/testing';
import { said } from '@airline/testing/sample';
import { describe, expect, test } from 'vitest';
import { at, credit, delivery, encode, idOf, inInbox, STREAM, startConsumer } from './consumer.fixture.ts';
import { MAX_DELIVERIES } from './consumer.ts';
import { run } from './stream.fixture.ts';

const busy = Object.assign(new Error('the database is locked'), { code: 'SQLITE_BUSY' });

describe('a consumer', () => {
  test('handles a batch in one commit, acknowledges it, and calls back for each event', async () => {
    const service = startConsumer();
    const batch = run(1, 20).map((seq) => delivery(seq));
    let appends = 0;
    service.store.log.onAppend(() => {
      appends += 1;
    });
    await service.deliver(...batch);
    expect(appends).toBe(1);
    expect(service.acknowledged).toEqual(run(1, 20));
    expect(service.handled).toEqual(batch.map(idOf));
    expect(await service.balance('a20')).toBe(1);
  });

  test('acknowledges an event that it has handled, without effect', async () => {
    const service = startConsumer();
    const twice = delivery(1);
    await service.deliver(twice, { ...twice, seq: 2 });
    await service.deliver({ ...twice, deliveries: 2 });
    expect(service.acknowledged).toEqual([1, 2, 1]);
    expect(service.handled).toEqual([idOf(twice)]);
    expect(await service.balance('a1')).toBe(1);
  });

  test('acknowledges an event without a policy, and stores nothing of it', async () => {
    const service = startConsumer();
    const data = { reservationId: 'r', customerId: 'c', flightId: 'f' };
    const other = { ...delivery(1), event: encode({ type: 'ReservationSucceeded', data }) };
    await service.deliver(other);
    expect(service.acknowledged).toEqual([1]);
    expect(service.handled).toEqual([]);
    expect(await inInbox(service, idOf(other))).toBe(false);
  });

  test('carries the trace of an event on to what its policy publishes', async () => {
    const service = startConsumer();
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    await service.deliver({ ...delivery(1), event: encode(said('a1', 1), traceparent) });
    const [entry] = await service.store.log.read(0, 1);
    expect(JSON.parse(entry?.event ?? '')).toMatchObject({ traceparent, source: '/airline/reservation' });
  });

  test('makes a dead letter of what it cannot read, at once', async () => {
    const service = startConsumer();
    const future = JSON.stringify({ ...JSON.parse(delivery(2).event), dataschema: '/airline/events/x/9' });
    const events = ['{"id":', future, '{"id":""}', '{"id":7}'];
    await service.deliver(
      ...events.map((event, index) => ({ seq: index + 1, event, deliveries: 1 })),
      delivery(5),
    );
    expect(service.acknowledged).toEqual([1, 2, 3, 4, 5]);
    const letters = await service.store.deadLetters.list();
    const base = { consumer: 'reservation', stream: STREAM, deliveries: 1, diedAt: at.toISOString() };
    expect(letters.toSorted((a, b) => a.seq - b.seq)).toMatchObject([
      {
        ...base,
        seq: 1,
        eventId: `${STREAM}/1`,
        event: '{"id":',
        eventType: '',
        error: 'The event is not JSON.',
      },
      { ...base, seq: 2, eventId: JSON.parse(future).id, error: expect.stringContaining('version 9') },
      { ...base, seq: 3, eventId: `${STREAM}/3`, error: expect.stringContaining('envelope is not valid') },
      { ...base, seq: 4, eventId: `${STREAM}/4` },
    ]);
    expect(service.lines.filter(({ msg }) => msg === 'event became a dead letter')).toHaveLength(4);
  });

  test('attempts what fails five times, and then makes it a dead letter, while all others are handled', async () => {
    let tries = 0;
    const service = startConsumer((event) => {
      if (event.data.flightId !== 'a2') return credit(event);
      tries += 1;
      throw new Error(`no. ${tries}`);
    });
    const bad = delivery(2);
    await service.deliver(delivery(1), bad, delivery(3));
    expect(service.acknowledged).toEqual([1, 3]);
    await service.deliver(delivery(4));
    expect(service.acknowledged.slice(0, 3)).toEqual([1, 3, 4]);
    await until('it is acknowledged', () => service.acknowledged.includes(2));
    expect(tries).toBe(MAX_DELIVERIES);
    expect(await service.store.deadLetters.list()).toEqual([
      {
        eventId: idOf(bad),
        consumer: 'reservation',
        stream: STREAM,
        seq: 2,
        event: bad.event,
        eventType: 'RemainingSeatsIncreased',
        error: 'no. 5',
        deliveries: 5,
        diedAt: at.toISOString(),
      },
    ]);
    expect(await inInbox(service, idOf(bad))).toBe(true);
    expect(service.handled).toHaveLength(3);
    const retries = service.lines.filter(({ msg }) => msg === 'event handling failed; retrying');
    expect(retries.map(({ level }) => level)).toEqual(['warn', ...Array(MAX_DELIVERIES - 1).fill('debug')]);
  });

  test('treats a failing decision like a failing policy', async () => {
    let tries = 0;
    const service = startConsumer(() => ({
      keys: {},
      decide: () => {
        tries += 1;
        throw new Error('undecided');
      },
    }));
    await service.deliver(delivery(1));
    await until('it is acknowledged', () => service.acknowledged.includes(1));
    expect(tries).toBe(MAX_DELIVERIES);
    expect(await service.store.deadLetters.list()).toMatchObject([{ error: 'undecided', deliveries: 5 }]);
  });

  test('retries a transient failure for as long as it lasts', async () => {
    expect(isTransient(busy)).toBe(true);
    let tries = 0;
    const service = startConsumer((event) => {
      tries += 1;
      if (tries <= 20) throw busy;
      return credit(event);
    });
    await service.deliver(delivery(1));
    expect(service.acknowledged).toEqual([]);
    await until('it is acknowledged', () => service.acknowledged.includes(1));
    expect(tries).toBe(21);
    expect(await service.store.deadLetters.list()).toEqual([]);
    expect(await service.balance('a1')).toBe(1);
  });

  test('says how many events wait for their surroundings, once it has gone on for a while', async () => {
    let isAway = true;
    let tries = 0;
    const service = startConsumer((event) => {
      tries += 1;
      if (isAway) throw busy;
      return credit(event);
    });
    await service.deliver(delivery(1), delivery(2));
    expect(service.consumer.waiting()).toEqual([]);
    await until('both wait', () => service.consumer.waiting().length === 2);
    expect(tries).toBeGreaterThanOrEqual(16);
    isAway = false;
    await until('both are handled', () => service.acknowledged.length === 2);
    expect(service.consumer.waiting()).toEqual([]);
    const atInfo = service.lines.filter(({ level }) => level !== 'debug').map(({ msg }) => msg);
    expect(atInfo).toEqual(['event handling failed; retrying', 'events are handled again']);
  });

  test('says nothing of what fails by itself', async () => {
    const service = startConsumer(() => {
      throw new Error('undecided');
    });
    await service.deliver(delivery(1));
    await until('it is acknowledged', () => service.acknowledged.includes(1));
    expect(service.consumer.waiting()).toEqual([]);
  });

  test('makes a dead letter of what was begun five times and never ended, without an attempt', async () => {
    const service = startConsumer();
    await service.deliver(delivery(1, 5), delivery(2, 6));
    expect(service.acknowledged).toEqual([1, 2]);
    expect(await service.store.deadLetters.list()).toMatchObject(
      [{ seq: 2, deliveries: 5, error: /never ended/ }].map((letter) => ({
        ...letter,
        error: expect.stringMatching(letter.error),
      })),
    );
    expect([await service.balance('a1'), await service.balance('a2')]).toEqual([1, undefined]);
  });

  test('makes no dead letter of what it has handled, however often it comes again', async () => {
    const service = startConsumer();
    const event = delivery(1);
    await service.deliver(event);
    await service.deliver({ ...event, deliveries: 9 });
    expect(service.acknowledged).toEqual([1, 1]);
    expect(await service.store.deadLetters.list()).toEqual([]);
    expect(service.lines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  test('leaves what it is still retrying unacknowledged when it closes', async () => {
    const service = startConsumer(() => {
      throw busy;
    });
    const event = delivery(1);
    await service.deliver(event);
    await service.consumer.close();
    expect(service.acknowledged).toEqual([]);
    expect(await service.store.deadLetters.list()).toEqual([]);
    expect(await inInbox(service, idOf(event))).toBe(false);
  });
});
