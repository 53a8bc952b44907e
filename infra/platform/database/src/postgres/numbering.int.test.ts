import { requires } from '@airline/testing';
import { deposit, migrations, tables } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { LogEntry } from '../event-log.ts';
import { upTo } from '../store-contract/harness.fixture.ts';
import { openPostgres } from './connect.ts';
import { usePostgres } from './postgres.fixture.ts';
import { createPostgresStore } from './store.ts';

const insert = `insert into flight.outbox (event, created_at) values ($1, '2024-11-21T10:00:00.000Z')`;

describe('the log in PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();

  /** A store's log; `isUnlocked`: it numbers without waiting for others that do. */
  async function open(url: string, isUnlocked = false) {
    const database = await openPostgres({ url, service: 'flight', migrations });
    const { session } = database;
    const unlocked: typeof session = (work) =>
      session(({ send }) =>
        work({
          send: (statement, values) =>
            send(
              /advisory/.test(statement.text)
                ? { text: `select set_config('airline.numbering', 'true', true)` }
                : statement,
              values,
            ),
        }),
      );
    const store = createPostgresStore({
      database: isUnlocked ? { ...database, session: unlocked } : database,
      tables,
      encode: (event) => JSON.stringify(event),
      now: () => new Date(),
    });
    onTestFinished(() => store.close());
    return store;
  }

  test('numbers what others have inserted, in the order of insertion, without a gap', async () => {
    const url = await postgres.createDatabase();
    const { log } = await open(url);
    for (const event of ['a', 'b', 'c']) await postgres.query(url, insert, [event]);
    expect(await log.read(0, 2)).toEqual([
      { seq: 1, event: 'a' },
      { seq: 2, event: 'b' },
    ]);
    await postgres.query(url, insert, ['d']);
    expect(await log.read(2, 10)).toEqual([
      { seq: 3, event: 'c' },
      { seq: 4, event: 'd' },
    ]);
    await postgres.query(url, insert, ['e']);
    expect(await log.last()).toBe(5);
  });

  test('leaves out what is not committed, and numbers it later', async () => {
    const url = await postgres.createDatabase();
    const { transact } = await open(url);
    const { log } = await open(url);
    const { session, close } = await openPostgres({ url, service: 'flight', migrations });
    onTestFinished(close);
    await session(async ({ send }) => {
      await send({ text: 'begin' });
      await send({ text: insert }, ['first']);
      await transact(deposit('second', 1));
      expect((await log.read(0, 10)).map(({ seq }) => seq)).toEqual([1]);
      await send({ text: 'commit' });
    });
    expect((await log.read(0, 10)).map(({ seq, event }) => [seq, event === 'first'])).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  /** What three readers have read of a log that four writers fill, each in order of its numbers; and all of it at the end. */
  async function readWhileWritten(isUnlocked: boolean) {
    const url = await postgres.createDatabase();
    const stores = await Promise.all(upTo(4).map(() => open(url, isUnlocked)));
    let isWriting = true;
    const writing = Promise.all(
      stores.map(async ({ transact }, store) => {
        for (const round of upTo(40))
          await Promise.all(upTo(3).map((each) => transact(deposit(`${store}-${round}-${each}`, 1))));
      }),
    ).finally(() => {
      isWriting = false;
    });
    const reading = stores.slice(1).map(async ({ log }) => {
      const received: LogEntry[] = [];
      for (let isLast = false; !isLast; ) {
        isLast = !isWriting;
        received.push(...(await log.read(received.at(-1)?.seq ?? 0, 20)));
        if (received.length < 480) isLast &&= (await log.read(received.at(-1)?.seq ?? 0, 1)).length === 0;
      }
      return received;
    });
    const [received] = await Promise.all([Promise.all(reading), writing]);
    return { received, all: (await stores[0]?.log.read(0, 1000)) ?? [] };
  }

  test('reads the same to all readers while others write and number', async () => {
    const { received, all } = await readWhileWritten(false);
    expect(all.map(({ seq }) => seq)).toEqual(upTo(480));
    for (const each of received) expect(each).toEqual(all);
  });

  test('would not without the lock', async () => {
    const outcome = await readWhileWritten(true).catch((error: Error & { code?: string }) => error.code);
    const isWrong =
      typeof outcome !== 'object' ||
      outcome.received.some((each) => each.length !== 480) ||
      outcome.all.some(({ seq }, index) => seq !== index + 1);
    expect(isWrong).toBe(true);
  });

  test('returns its own commits from memory', async () => {
    const url = await postgres.createDatabase();
    const statements: string[] = [];
    const { store } = await postgres.open(url, { onStatement: (text) => statements.push(text) });
    await store.transact(deposit('a', 1));
    statements.length = 0;
    expect((await store.log.read(0, 10)).map(({ seq }) => seq)).toEqual([1]);
    expect(statements).toEqual([]);
  });
});
