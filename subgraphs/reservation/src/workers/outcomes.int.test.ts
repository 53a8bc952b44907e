import { setTimeout as wait } from 'node:timers/promises';
import { createSqliteStore, openSqlite } from '@airline/database';
import {
  createEmbeddedTransport,
  createEncoder,
  createRedisTransport,
  type Transport,
} from '@airline/messaging';
import { createLogger } from '@airline/observability';
import type { DomainEvent } from '@airline/schema/events';
import { startFeed } from '@airline/service';
import { freePort } from '@airline/testing';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { ReservationState } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { pending, reservationCanceled } from '../reservation.fixture.ts';
import { tables } from '../store/tables.ts';
import { topicsOf } from '../store/topics.ts';
import { listenForOutcomes } from './outcomes.ts';

const logger = createLogger({ service: 'test', level: 'silent' });
const now = () => new Date('2024-11-21T10:00:00.000Z');

const succeeded = (reservationId: string): DomainEvent => ({
  type: 'ReservationSucceeded',
  data: { reservationId, customerId: 'c1', flightId: 'f1' },
});
const { id: _, status: _s, cancelReason: _c, placedAt: _p, updatedAt: _u, ...input } = pending;
const placed = (reservationId: string): DomainEvent => ({
  type: 'ReservationPlaced',
  data: { ...input, reservationId },
});

/** An empty database of the service, until the test ends. */
function openStore() {
  const encode = createEncoder({ source: 'reservation', newId: () => 'e1', now });
  const database = openSqlite({ file: ':memory:', migrations: subgraph.migrations });
  const store = createSqliteStore<ReservationState>({ database, tables, encode, now });
  onTestFinished(() => store.close());
  return { database, store };
}

/** Outcomes as in the service: from its own stream, over the embedded transport. */
async function listening() {
  const transport = createEmbeddedTransport();
  const { database, store } = openStore();
  const feed = startFeed({ service: 'reservation', transport, log: store.log, logger, topicsOf });
  const outcomes = listenForOutcomes(feed);
  const relay = transport.publish({ stream: 'airline:reservation', log: store.log, groups: [] });
  onTestFinished(async () => {
    await outcomes.close();
    await feed.close();
    await relay.close();
  });
  return {
    outcomes,
    database,
    publish: (...publish: DomainEvent[]) =>
      store.transact({ keys: {}, decide: () => ({ publish, result: undefined }) }),
  };
}

/** Whether a promise has resolved once all that is in flight is done. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  let settled = false;
  void promise.then(() => {
    settled = true;
  });
  for (let turns = 0; turns < 20; turns += 1) await new Promise(setImmediate);
  return settled;
}

afterEach(() => {
  vi.useRealTimers();
});

describe('an outcome', () => {
  test.each([
    ['succeeds', succeeded('r1')],
    ['is canceled', reservationCanceled('CUSTOMER')],
  ])('is known when the reservation %s', async (_how, event) => {
    const { outcomes, publish } = await listening();
    const [one, two] = [outcomes.settled('r1'), outcomes.settled('r1')];
    await publish(event);
    expect(await Promise.all([one.promise, two.promise])).toEqual([undefined, undefined]);
    one[Symbol.dispose]();
    two[Symbol.dispose]();
  });

  test('is neither its placement nor the outcome of another one', async () => {
    const { outcomes, publish } = await listening();
    const outcome = outcomes.settled('r1');
    await publish(placed('r1'), succeeded('r2'));
    expect(await isSettled(outcome.promise)).toBe(false);
    await publish(succeeded('r1'));
    await outcome.promise;
    outcome[Symbol.dispose]();
  });

  test('stops for one waiter without the others', async () => {
    const { outcomes, publish } = await listening();
    const [gone, staying] = [outcomes.settled('r1'), outcomes.settled('r1')];
    gone[Symbol.dispose]();
    await publish(succeeded('r1'));
    await staying.promise;
    expect(await isSettled(gone.promise)).toBe(false);
    staying[Symbol.dispose]();
  });

  test('counts in a version that this replica does not know', async () => {
    const { outcomes, database, publish } = await listening();
    const before = outcomes.settled('r0');
    await publish(succeeded('r0'));
    await before.promise;
    before[Symbol.dispose]();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = outcomes.settled('r1');
    const event = {
      type: 'ReservationSucceeded',
      subject: 'r1',
      dataschema: '/airline/events/ReservationSucceeded/9',
    };
    database.client
      .prepare("insert into outbox (event, created_at) values (?, '')")
      .run(JSON.stringify({ ...event, data: {} }));
    await publish(placed('r2'));
    await expect(outcome.promise).resolves.toBeUndefined();
    outcome[Symbol.dispose]();
  });

  test('times out after five seconds', async () => {
    const { outcomes } = await listening();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = outcomes.settled('r1');
    vi.advanceTimersByTime(4999);
    expect(await isSettled(outcome.promise)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isSettled(outcome.promise)).toBe(true);
    outcome[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    [1000, 900],
    [60_000, 5000],
  ])('times out before a request of %i ms does', async (requestTimeoutMs, waitedMs) => {
    const { outcomes } = await listening();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    using outcome = outcomes.settled('r1', requestTimeoutMs);
    vi.advanceTimersByTime(waitedMs - 1);
    expect(await isSettled(outcome.promise)).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await isSettled(outcome.promise)).toBe(true);
  });

  test('is not waited for once stopped', async () => {
    const { outcomes } = await listening();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = outcomes.settled('r1');
    outcome[Symbol.dispose]();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not waited for when the service stops', async () => {
    const { outcomes } = await listening();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const outcome = outcomes.settled('r1');
    await outcomes.close();
    expect(await isSettled(outcome.promise)).toBe(true);
    outcome[Symbol.dispose]();
  });
});

describe('without Redis', () => {
  test('a service without events stops', async () => {
    const url = `redis://127.0.0.1:${await freePort()}`;
    const transport: Transport = createRedisTransport({ url, consumer: 'test', logger, now });
    const { log } = openStore().store;
    const feed = startFeed({ service: 'reservation', transport, log, logger, topicsOf });
    const outcomes = listenForOutcomes(feed);
    const outcome = outcomes.settled('r1');
    const stopped = Promise.all([outcomes.close(), feed.close()]).then(() => 'stopped');
    expect(await Promise.race([stopped, wait(10_000, 'hangs', { ref: false })])).toBe('stopped');
    await outcome.promise;
    outcome[Symbol.dispose]();
  });
});
