import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { int, key, table } from '@airline/database';
import { createEmbeddedTransport } from '@airline/messaging';
import { recording } from '@airline/observability/recorded-lines';
import { freePort, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { deposit, migrations, type SampleState, tables } from '@airline/testing/sample';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore, system } from './runtime.ts';

const { logger, lines } = recording('warn');
const runtime = { ...system, logger, transport: createEmbeddedTransport() };

const open = async (url: string, waitMs = 0, from = migrations, more = {}) => {
  const store = await openStore<SampleState>(
    'flight',
    url,
    { tables: { ...tables, ...more }, migrations: from, poolSize: 4, waitMs },
    runtime,
  );
  onTestFinished(() => store.close());
  return store;
};

test("opens a service's store on a file", async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const store = await open(`file:${join(folder.path, 'flight.sqlite')}`);
  expect(await store.transact(deposit('a', 1))).toBe(1);
});

/** A copy of the sample's migrations, in which `edit` has changed the journal's text and each SQL file's, for both databases. */
async function edited(edit: { readonly journal?: (text: string) => string; readonly sql?: string }) {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  cpSync(migrations, folder.path, { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) {
    const files = globSync(`${dialect}/*.sql`, { cwd: folder.path }).map((file) => join(folder.path, file));
    for (const file of files) writeFileSync(file, `${readFileSync(file, 'utf8')}${edit.sql ?? ''}`);
    const journal = join(folder.path, dialect, 'meta/_journal.json');
    writeFileSync(journal, edit.journal?.(readFileSync(journal, 'utf8')) ?? readFileSync(journal, 'utf8'));
  }
  return folder.path;
}

/** What was made again is later. */
const generatedAgain = () =>
  edited({
    journal: (text) => text.replaceAll(/"when": (\d+)/g, (_, when) => `"when": ${Number(when) + 1}`),
  });
const failing = () => edited({ sql: '\n--> statement-breakpoint\ncreate table account (id text);' });

const refusal = (reason: string) => ({
  name: 'StartError',
  message: expect.stringMatching(new RegExp(`^Cannot open the database \\S+: .*${reason}`)),
});
const CHANGED =
  'the migration 0000_\\w+ has changed since .*npm run migrations -- <name>.*delete the database';
const GONE = 'applied a migration of \\S+ that is gone; 0000_\\w+ stands in its place.*delete the database';
const LACKS = 'it lacks the column account.seat_class. Make a migration.*npm run migrations -- NAME';
const FAILS = 'the migration 0000_\\w+ fails: .* already exists.*correct it';

test('names a migration that has changed since a file has it, one that was made again, and one that fails', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const url = `file:${join(folder.path, 'flight.sqlite')}`;
  await expect(open(url, 0, await failing())).rejects.toMatchObject(refusal(FAILS));
  await open(url);
  await expect(open(url, 0, await edited({ sql: '-- a word more' }))).rejects.toMatchObject(refusal(CHANGED));
  await expect(open(url, 0, await generatedAgain())).rejects.toMatchObject(refusal(GONE));
});

const ahead = { account: table('account', { id: key(), seatClass: int() }) };

test('names what a file lacks', async () => {
  await expect(open('file::memory:', 0, migrations, ahead)).rejects.toMatchObject(refusal(LACKS));
});

test('opens a file that a newer release has migrated', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, 'flight.sqlite');
  await (await open(`file:${file}`)).close();
  const database = new DatabaseSync(file);
  database.exec("insert into __drizzle_migrations (hash, created_at) values ('of-tomorrow', 9999999999999)");
  database.close();
  expect(await (await open(`file:${file}`)).transact(deposit('a', 1))).toBe(1);
});

describe("opening a service's store on PostgreSQL", requires('postgres').options, () => {
  let server: Awaited<ReturnType<typeof startPostgresServer>>;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  test('brings it up to date', async () => {
    const store = await open(await server.createDatabase());
    expect(await store.transact(deposit('a', 1))).toBe(1);
  });

  test('names a migration that has changed since, one that was made again, and one that fails', async () => {
    const url = await server.createDatabase();
    await expect(open(url, 0, await failing())).rejects.toMatchObject(refusal(FAILS));
    await open(url);
    await expect(open(url, 0, await edited({ sql: '-- a word more' }))).rejects.toMatchObject(
      refusal(CHANGED),
    );
    await expect(open(url, 0, await generatedAgain())).rejects.toMatchObject(refusal(GONE));
  });

  test('names what it lacks', async () => {
    const opening = open(await server.createDatabase(), 0, migrations, ahead);
    await expect(opening).rejects.toMatchObject(refusal(LACKS));
  });

  test('waits for one that starts later, and logs it', async () => {
    const url = await server.createDatabase();
    await server.kill();
    lines.length = 0;
    const opening = open(url, 30_000);
    await server.start();
    expect(await (await opening).transact(deposit('a', 1))).toBe(1);
    expect(JSON.stringify(lines)).toMatch(/database unavailable; waiting/);
  });

  test('fails with the remedy when there is no such database', async () => {
    const opening = open(`postgres://airline:secret@127.0.0.1:${server.port}/nowhere`, 30_000);
    await expect(opening).rejects.toMatchObject({
      name: 'StartError',
      message: expect.stringMatching(/database "nowhere" does not exist.*FLIGHT_DB_URL/),
    });
  });
});

test('fails with the remedy, without credentials, when nothing listens', async () => {
  const opening = open(`postgres://airline:secret@127.0.0.1:${await freePort()}/flight`);
  const error = await opening.catch((reason: unknown) => reason);
  expect(error).toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/ECONNREFUSED.*Start it, or correct its host and port in FLIGHT_DB_URL/),
  });
  expect(String(error)).not.toMatch(/secret/);
});
