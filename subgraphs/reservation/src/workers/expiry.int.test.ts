import { createSqliteStore, openSqlite } from '@airline/database';
import { createEncoder, decode } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Reservation, ReservationState } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { canceledFor, pending, reservationCanceled } from '../reservation.fixture.ts';
import { tables } from '../store/tables.ts';
import { expireReservations, startExpiry } from './expiry.ts';

const HOLD_TIME_MS = 60_000;

/** A reservation service's database in memory, and a clock stopped at the placement. */
function openReservations() {
  let elapsedMs = 0;
  let ids = 0;
  const statements: string[] = [];
  const now = () => new Date(Date.parse(pending.placedAt) + elapsedMs);
  const database = openSqlite({
    file: ':memory:',
    migrations: subgraph.migrations,
    onStatement: (text) => statements.push(text),
  });
  const encode = createEncoder({ source: 'reservation', newId: () => `e${++ids}`, now });
  const store = createSqliteStore<ReservationState>({ database, tables, encode, now });
  onTestFinished(() => store.close());
  return {
    store,
    database,
    statements,
    options: {
      store,
      holdTimeMs: HOLD_TIME_MS,
      now,
      logger: createLogger({ service: 'test', level: 'silent' }),
    },
    pass: (ms: number) => {
      elapsedMs += ms;
    },
    put: (...rows: Reservation[]) =>
      Promise.all(
        rows.map((reservation) =>
          store.transact({ keys: {}, decide: () => ({ write: { reservation }, result: undefined }) }),
        ),
      ),
    rows: () => store.read.page(tables.reservation, { limit: 10_000 }),
    published: async () => (await store.log.read(0, 10_000)).map(({ event }) => decode(event)),
  };
}

describe('expiry', () => {
  test('cancels what is pending for longer than the hold time, and publishes it', async () => {
    const { options, put, pass, rows, published } = openReservations();
    await put(pending);
    pass(HOLD_TIME_MS);
    expect(await expireReservations(options)).toBe(0);
    pass(1);
    expect(await expireReservations(options)).toBe(1);
    const updatedAt = '2024-11-21T10:01:00.001Z';
    expect(await rows()).toEqual([{ ...canceledFor('EXPIRED'), updatedAt }]);
    expect(await published()).toMatchObject([reservationCanceled('EXPIRED')]);
    expect(await expireReservations(options)).toBe(0);
  });

  test('leaves what has settled', async () => {
    const { options, put, pass, rows } = openReservations();
    const settled = [canceledFor('CUSTOMER'), { ...pending, id: 'r2', status: 'SUCCEED' as const }];
    await put(...settled);
    pass(HOLD_TIME_MS * 100);
    expect(await expireReservations(options)).toBe(0);
    expect(await rows()).toEqual(settled);
  });

  test('leaves what is paid between the check and the cancellation', async () => {
    const { options, store, put, pass, rows, published } = openReservations();
    await put(pending);
    pass(HOLD_TIME_MS * 2);
    const expired = expireReservations(options);
    // Submitted first, as by a policy, before the check has read the reservation.
    await store.transact({
      keys: { reservation: 'r1' },
      decide: () => ({ write: { reservation: { ...pending, status: 'SUCCEED' } }, result: undefined }),
    });
    expect(await expired).toBe(0);
    expect(await rows()).toMatchObject([{ status: 'SUCCEED' }]);
    expect(await published()).toEqual([]);
  });

  test('finds due reservations by the index of pending ones', async () => {
    const { options, database, statements, pass } = openReservations();
    pass(HOLD_TIME_MS * 2);
    statements.length = 0;
    await expireReservations(options);
    const [look] = statements;
    const plan = database.client.prepare(`explain query plan ${look}`).all();
    expect(plan).toMatchObject([
      { detail: expect.stringContaining('USING INDEX reservation_status_placed_at') },
    ]);
  });

  test('counts the hold time from when events are published again', async () => {
    const { options, put, pass, rows } = openReservations();
    await put(pending);
    let [isAway, checks] = [true, 0];
    const isPublishing = () => {
      checks += 1;
      return !isAway;
    };
    const expiry = startExpiry({ ...options, isPublishing });
    onTestFinished(() => expiry.close());
    const checked = async () => {
      const before = checks;
      // The first may have begun before.
      await until('it has checked', () => checks >= before + 2);
    };
    pass(HOLD_TIME_MS * 10);
    await checked();
    isAway = false;
    pass(HOLD_TIME_MS);
    await checked();
    expect(await rows()).toEqual([pending]);
    pass(1);
    await until('it is canceled', async () => (await rows())[0]?.status === 'CANCELED');
  });

  test('runs by itself, beyond one batch, until it is closed', async () => {
    const { options, put, pass, rows } = openReservations();
    const many = Array.from({ length: 1201 }, (_, index) => ({ ...pending, id: `r${index}` }));
    await put(...many);
    const expiry = startExpiry({ ...options, isPublishing: () => true });
    onTestFinished(() => expiry.close());
    pass(HOLD_TIME_MS * 2);
    await until('all are canceled', async () => (await rows()).every(({ status }) => status === 'CANCELED'));
    await expiry.close();
    await put({ ...pending, id: 'later' });
    expect(await rows()).toContainEqual({ ...pending, id: 'later' });
  });
});
