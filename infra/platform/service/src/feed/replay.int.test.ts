import type { EventLog } from '@airline/database';
import { createEmbeddedTransport } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { loopTurns, type PostgresServer, startPostgresServer, until } from '@airline/testing';
import { deposit, openPostgresSample, openSample } from '@airline/testing/sample';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startFeed } from './feed.ts';
import type { Replays } from './replays.ts';
import { publish, serveSample, startSample, topicOf } from './sample.fixture.ts';

const ROWS = 5_000;
const PAGE = 50;
const PAGES = ROWS / PAGE;
/** Pages that a replay has begun to read when it is held. */
const HELD_AT = 6;

/** As a follower would read by itself. */
const withoutTurns: Replays = {
  read: ({ read }) => ({ done: read().then(() => {}), cancel: () => {} }),
};

let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres[Symbol.asyncDispose]());

const databases = {
  SQLite: async () => openSample(),
  PostgreSQL: async () => openPostgresSample({ url: await postgres.createDatabase() }),
};

/** A log whose replays are held at a page until they are released, and in which turn of the event loop each page is read. */
function held(log: EventLog) {
  const loop = loopTurns();
  onTestFinished(() => loop[Symbol.dispose]());
  const pages: number[] = [];
  const [reached, released] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const read: EventLog['read'] = async (after, limit) => {
    // What comes behind the log that there was is read by who follows it live, too.
    if (after < ROWS) pages.push(loop.count());
    if (after === (HELD_AT - 1) * PAGE) {
      reached.resolve();
      await released.promise;
    }
    return await log.read(after, limit);
  };
  return { log: { ...log, read }, pages, reached: reached.promise, release: () => released.resolve() };
}

/** Leaves as many turns as all pages of the log would take. */
async function leaveTurns(): Promise<void> {
  for (let turn = 0; turn < 2 * PAGES; turn += 1) await new Promise(setImmediate);
}

/** A feed of a log of many entries, which is held. */
async function longLog(
  open: () => Promise<Pick<ReturnType<typeof openSample>, 'store'> & AsyncDisposable>,
  replays?: Replays,
) {
  const sample = await open();
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const { store } = sample;
  const pay = (id: string, times = 1) =>
    Promise.all(Array.from({ length: times }, () => store.transact(deposit(id, 1))));
  await pay('a', ROWS);
  const { log, ...reading } = held(store.log);
  const transport = createEmbeddedTransport();
  const feed = startFeed({
    service: 'flight',
    transport,
    logger: createLogger({ service: 'flight', level: 'silent' }),
    topicsOf: ({ subject }) => [topicOf(subject)],
    log,
    ...(replays && { replays }),
  });
  publish(transport, sample);
  onTestFinished(() => feed.close());
  return { feed, pay, store, ...reading };
}

describe.each(Object.entries(databases))('a replay of a long log on %s', (_name, open) => {
  test('leaves a turn to all others after each page, and live events come meanwhile', async () => {
    const { feed, pay, pages, store, reached, release } = await longLog(open);
    const live = feed.follow(topicOf('live'), await store.log.last());
    const received = live.next();
    await pay('warm-up');
    void feed.follow(topicOf('quiet'), 0).next();
    await reached;
    await pay('live');
    expect((await received).value?.subject).toBe('live');
    expect(pages.length).toBeLessThan(PAGES);
    release();
    await until('it has read all', () => pages.length >= PAGES);
    expect(new Set(pages).size).toBe(pages.length);
  });

  test('ends after the page that is being read', async () => {
    const { feed, pages, reached, release } = await longLog(open);
    const replay = feed.follow(topicOf('quiet'), 0);
    const first = replay.next();
    await reached;
    await replay.return();
    release();
    expect(await first).toEqual({ done: true, value: undefined });
    await leaveTurns();
    expect(pages).toHaveLength(HELD_AT);
  });
});

test('control: one that does not wait for its turn leaves none', async () => {
  const { feed, pages, release } = await longLog(databases.SQLite, withoutTurns);
  release();
  void feed.follow(topicOf('quiet'), 0).next();
  await until('it has read all', () => pages.length >= PAGES);
  expect(new Set(pages).size).toBe(1);
});

test('a client ends its replay by `complete`, before the log is read', async () => {
  const sample = startSample();
  const { store } = sample;
  const { log, pages, reached, release } = held(store.log);
  const { subscribe, pay } = await serveSample({ sample: { ...sample, store: { ...store, log } } });
  await pay('a', ROWS);
  const replay = subscribe(
    'subscription { balanceChanged(id: "quiet") { id } }',
    {},
    { cursor: '0-0', announceCursor: true },
  );
  await Promise.all([replay.all(1), reached]);
  replay.unsubscribe();
  // Over the same connection, so that it begins after the other has ended.
  const other = subscribe('subscription { balanceChanged { id } }', {}, { announceCursor: true });
  await other.all(1);
  const read = pages.length;
  release();
  await pay('a');
  await other.all(2);
  await leaveTurns();
  expect(read).toBeLessThan(PAGES);
  expect(pages.length - read).toBeLessThan(10);
});
