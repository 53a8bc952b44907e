import { join } from 'node:path';
import { requires, tempFolder } from '@airline/testing';
import { migrations, tables } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import { int, key, text } from './columns.ts';
import { openPostgres } from './postgres/connect.ts';
import { usePostgres } from './postgres/postgres.fixture.ts';
import { openSqlite } from './sqlite/connect.ts';
import { type Table, table } from './table.ts';

interface Opened {
  run(sql: string): unknown;
  close(): unknown;
}

/** Opens a database of its own for the test, again and again. */
type Open = (tables: Record<string, Table>) => Promise<Opened>;

function refusals(create: () => Promise<Open>) {
  test('is refused by the names of what it lacks, since no migration makes it', async () => {
    const open = await create();
    const account = table('account', { id: key(), owner: text(), seatClass: text(), seatQty: int() });
    const seat = table('seat', { id: key(), row: int() });
    await expect(open({ ...tables, account, seat })).rejects.toMatchObject({
      name: 'MissingColumnsError',
      message: 'it lacks the column account.seat_class, the column account.seat_qty, the table seat',
    });
  });

  test.each([
    ['outbox rename seq to number', 'the column outbox.seq'],
    ['inbox rename consumer to handler', 'the column inbox.consumer'],
    ['dead_letter rename to letter', 'the table dead_letter'],
    ['log_position drop starts', 'the column log_position.starts'],
  ])('is refused when its messages have lost something: %s', async (change, missing) => {
    const open = await create();
    const { run, close } = await open(tables);
    await run(`alter table ${change}`);
    await close();
    await expect(open(tables)).rejects.toThrow(`it lacks ${missing}`);
  });

  test('is opened when a newer release has added to it', async () => {
    const open = await create();
    const { run, close } = await open(tables);
    await run('alter table account add more text');
    await run('alter table outbox add more text');
    await run('create table seat (id text)');
    await close();
    const openAgain = async () => {
      await (await open(tables)).close();
    };
    await expect(openAgain()).resolves.toBeUndefined();
  });
}

describe('a file of SQLite', () => {
  refusals(async () => {
    const folder = await tempFolder();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const file = join(folder.path, 'sample.sqlite');
    return async (tables) => {
      const { client } = openSqlite({ file, migrations, tables });
      return { run: (sql) => client.exec(sql), close: () => client.close() };
    };
  });
});

describe('a database of PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();

  refusals(async () => {
    const url = await postgres.createDatabase();
    return async (tables) => {
      const { query, close } = await openPostgres({ url, service: 'flight', migrations, tables });
      return { run: (text) => query({ text }), close };
    };
  });
});
