import { requires, until } from '@airline/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { createEmbeddedTransport } from './embedded/transport.ts';
import { services } from './messaging.fixture.ts';
import { useRedis } from './redis/redis.fixture.ts';
import type { Transport } from './transport.ts';

function behaviour(transport: () => Transport, disturb: () => Promise<unknown>): void {
  test('handles each event once, whatever happens in between', async () => {
    const { startFlight, startReservation, count, write, received, reservation } = services(transport());
    const flight = startFlight();
    const before = startReservation(count);
    for (let round = 1; round <= 20; round += 1) {
      await write(20);
      if (round % 8 === 0) await disturb();
    }
    await before.close();
    await write(50);
    await flight.close();
    await write(50);
    startFlight();
    startReservation(count);
    await until('all are received', async () => (await received()) >= 500);
    await write(1);
    await until('a further one is received', async () => (await received()) >= 501);
    expect(await received()).toBe(501);
    expect(await reservation.log.last()).toBe(501);
  });

  test('closes while it tries again, and handles the event after the next start', async () => {
    const { startFlight, startReservation, count, write, received, reservation } = services(transport());
    startFlight();
    let tries = 0;
    const failing = startReservation(() => {
      tries += 1;
      throw Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
    });
    await write(1);
    await until('it has failed', () => tries > 3);
    await failing.close();
    startReservation(count);
    await until('it is received', async () => (await received()) >= 1);
    expect(await reservation.deadLetters.list()).toEqual([]);
  });

  test('replays dead letters on request', async () => {
    const { startFlight, startReservation, count, write, received, reservation } = services(transport());
    startFlight();
    let isMended = false;
    startReservation((event) => {
      if (!isMended) throw new Error('no');
      return count(event);
    });
    await write(2);
    await until('they are dead', async () => (await reservation.deadLetters.list()).length === 2);
    isMended = true;
    expect(await reservation.deadLetters.requestReplay()).toBe(2);
    await until('they are received', async () => (await received()) >= 2);
    expect(await reservation.deadLetters.list()).toEqual([]);
  });
}

describe('messaging on the embedded transport', () => {
  behaviour(
    () => createEmbeddedTransport(),
    async () => {},
  );
});

describe('messaging on Redis', requires('redis-server').options, () => {
  const redis = useRedis();
  // The streams are named for the services, whose databases are new in each test.
  beforeEach(() => redis.command('FLUSHALL'));
  behaviour(
    () => redis.transport(),
    () => redis.command('FLUSHALL'),
  );
});
