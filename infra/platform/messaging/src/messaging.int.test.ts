import { recording } from '@airline/observability/recorded-lines';
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

  test('says so while the handling of events does not end, and tries them again, each with one effect', async () => {
    const { startFlight, startReservation, count, write, received, reservation } = services(transport());
    startFlight();
    let begun = 0;
    let isHanging = true;
    const handle: typeof reservation.handle = async (message, reaction) => {
      begun += 1;
      const isBeforeCommit = begun % 2 === 0;
      if (isHanging && isBeforeCommit) await new Promise(() => {});
      const isNew = await reservation.handle(message, reaction);
      if (isHanging) await new Promise(() => {});
      return isNew;
    };
    const { logger, lines } = recording();
    const own = { store: { ...reservation, handle }, handlingTimeoutMs: 20, logger };
    const running = startReservation(count, own);
    expect(running.fault()).toBeUndefined();
    await write(2);
    await until('it says so of both', () => running.fault()?.includes('2 of them'));
    expect(running.fault()).toBe('events of airline:flight wait to be handled, 2 of them here; see the log');
    // Others are delivered meanwhile.
    await write(2);
    await until('it says so of all', () => running.fault()?.includes('4 of them'));
    isHanging = false;
    await until('all are handled', () => running.fault() === undefined);
    expect(await received()).toBe(4);
    expect(await reservation.deadLetters.list()).toEqual([]);
    const said = lines.map(({ msg, err }) => [msg, err && Object(err).message]);
    expect(said).toEqual([
      ['event handling failed; retrying', 'Its handling has not ended within 20 ms.'],
      ['events are handled again', undefined],
    ]);
  });

  test('reports its outbox, what it consumes, and its replicas', async () => {
    const used = transport();
    const { startFlight, startReservation, count, write } = services(used);
    const flight = startFlight();
    let isAway = true;
    const reservation = startReservation((event) => {
      if (isAway) throw Object.assign(new Error('locked'), { code: 'SQLITE_BUSY' });
      return count(event);
    });
    const streams = (pending: number) => [
      { stream: 'airline:flight', lag: 0, pending },
      { stream: 'airline:payment', lag: 0, pending: 0 },
    ];
    const found = async () => (await reservation.status.consumed().catch(() => undefined))?.streams ?? [];
    const replica = (pending: number) => [{ name: used.member, pending }];
    await write(3);
    await until('all are pending', async () => (await found())[0]?.pending === 3);
    expect(await reservation.status.consumed()).toMatchObject({ streams: streams(3), replicas: replica(3) });
    isAway = false;
    await until('none is pending', async () => (await found())[0]?.pending === 0);
    expect(await reservation.status.consumed()).toMatchObject({ streams: streams(0), replicas: replica(0) });
    expect(await flight.status.outbox()).toEqual({ waiting: 0, oldestMs: undefined });
    // It listens to reservation, of which nothing was published.
    expect((await flight.status.consumed()).replicas).toMatchObject(replica(0));
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
