import { createEmbeddedTransport } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { type PostgresServer, startPostgresServer, until } from '@airline/testing';
import { deposit, openPostgresSample, openSample } from '@airline/testing/sample';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startFeed } from './feed.ts';
import { createReplays, type Replays } from './replays.ts';
import { publish, serveSample, startSample, topicOf } from './sample.fixture.ts';

const ROWS = 5_000;
const PAGES = ROWS / 50;

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

/** A log of many entries, and in which turn of the event loop each page of them is read. */
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

  let turn = 0;
  let next: NodeJS.Immediate;
  const count = () => {
    turn += 1;
    next = setImmediate(count);
  };
  count();
  const pages: number[] = [];
  const transport = createEmbeddedTransport();
  const feed = startFeed({
    service: 'flight',
    transport,
    logger: createLogger({ service: 'flight', level: 'silent' }),
    topicsOf: ({ subject }) => [topicOf(subject)],
    log: {
      ...store.log,
      read: (after, limit) => {
        pages.push(turn);
        return store.log.read(after, limit);
      },
    },
    ...(replays && { replays }),
  });
  publish(transport, sample);
  onTestFinished(async () => {
    clearImmediate(next);
    await feed.close();
  });
  return { feed, pay, pages, store };
}

describe.each(Object.entries(databases))('a replay of a long log on %s', (_name, open) => {
  test('leaves a turn to all others after each page, and live events come meanwhile', async () => {
    const { feed, pay, pages, store } = await longLog(open);
    const live = feed.follow(topicOf('live'), await store.log.last());
    const received = live.next();
    await pay('warm-up');
    void feed.follow(topicOf('quiet'), 0).next();
    await until('it reads', () => pages.length > 5);
    await pay('live');
    expect((await received).value?.subject).toBe('live');
    expect(pages.length).toBeLessThan(PAGES);
    await until('it has read all', () => pages.length >= PAGES);
    expect(new Set(pages).size).toBe(pages.length);
  });

  test('ends after the page that is being read', async () => {
    const { feed, pages } = await longLog(open);
    const replay = feed.follow(topicOf('quiet'), 0);
    const first = replay.next();
    await until('it reads', () => pages.length > 5);
    await replay.return();
    const read = pages.length;
    expect(await first).toEqual({ done: true, value: undefined });
    for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
    expect(pages.length).toBeLessThanOrEqual(read + 1);
    expect(read + 1).toBeLessThan(PAGES);
  });
});

test('control: one that does not wait for its turn leaves none', async () => {
  const { feed, pages } = await longLog(databases.SQLite, withoutTurns);
  void feed.follow(topicOf('quiet'), 0).next();
  await until('it has read all', () => pages.length >= PAGES);
  expect(new Set(pages).size).toBe(1);
});

test('a client ends its replay by `complete`, before the log is read', async () => {
  const sample = startSample();
  const { store } = sample;
  let pages = 0;
  const log = {
    ...store.log,
    read: (after: number, limit: number) => {
      pages += 1;
      return store.log.read(after, limit);
    },
  };
  const { subscribe, pay } = await serveSample({
    sample: { ...sample, store: { ...store, log } },
    // Some seconds for the log, whatever else the machine does.
    replays: createReplays({ rowsPerSecond: 1000 }),
  });
  await pay('a', ROWS);
  const replay = subscribe(
    'subscription { balanceChanged(id: "quiet") { id } }',
    {},
    { cursor: '0-0', announceCursor: true },
  );
  await replay.all(1);
  replay.unsubscribe();
  const other = subscribe('subscription { balanceChanged { id } }', {}, { announceCursor: true });
  await other.all(1);
  const read = pages;
  await pay('a');
  await other.all(2);
  expect(read).toBeLessThan(PAGES);
  expect(pages - read).toBeLessThan(10);
});
