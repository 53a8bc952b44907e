import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { at, credit, delivery, encode, idOf, STREAM, startConsumer } from './consumer.fixture.ts';

describe('a replay', () => {
  /** A service with a dead letter whose replay was asked for. */
  async function withLetter() {
    const service = startConsumer(() => {
      throw new Error('no');
    });
    const bad = delivery(1);
    await service.deliver(bad);
    await until('it is dead', () => service.acknowledged.includes(1));
    expect(await service.store.deadLetters.requestReplay()).toBe(1);
    return { ...service, bad };
  }

  test('handles the event and removes the letter once the fault is mended', async () => {
    const service = await withLetter();
    service.become(credit);
    await service.consumer.replay();
    expect(await service.store.deadLetters.list()).toEqual([]);
    expect(await service.balance('a1')).toBe(1);
    expect(service.handled).toEqual([idOf(service.bad)]);
    await service.consumer.replay();
    await service.deliver(service.bad);
    expect(await service.balance('a1')).toBe(1);
  });

  test('keeps the letter, with what is wrong now, while it is not', async () => {
    const service = await withLetter();
    service.become(() => {
      throw new Error('still no');
    });
    await service.consumer.replay();
    expect(await service.store.deadLetters.list()).toMatchObject([{ error: 'still no', deliveries: 6 }]);
    expect(await service.store.deadLetters.replayable(10)).toEqual([]);
    expect(service.handled).toEqual([]);
  });

  test('is not made of letters without a request', async () => {
    const service = startConsumer();
    await service.deliver({ seq: 1, event: 'x', deliveries: 1 });
    await service.consumer.replay();
    expect(await service.store.deadLetters.list()).toMatchObject([
      { error: 'The event is not JSON.', deliveries: 1 },
    ]);
  });

  test('removes the letter of an event that has no policy any more', async () => {
    const service = startConsumer();
    const data = { reservationId: 'r', customerId: 'c', flightId: 'f' };
    const event = { ...delivery(1), event: encode({ type: 'ReservationSucceeded', data }) };
    await service.store.deadLetters.add({
      ...event,
      eventId: idOf(event),
      eventType: 'ReservationSucceeded',
      consumer: 'reservation',
      stream: STREAM,
      error: 'no',
      diedAt: at.toISOString(),
    });
    await service.store.deadLetters.requestReplay();
    await service.consumer.replay();
    expect(await service.store.deadLetters.list()).toEqual([]);
  });
});
