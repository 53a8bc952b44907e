import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createEmbeddedTransport } from '@airline/messaging';
import { recording } from '@airline/observability/recorded-lines';
import { freePort, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { deposit, migrations, type SampleState, tables } from '@airline/testing/sample';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore, system } from './runtime.ts';

const { logger, lines } = recording('warn');
const runtime = { ...system, logger, transport: createEmbeddedTransport() };

const open = async (url: string, waitMs = 0, from = migrations) => {
  const store = await openStore<SampleState>(
    'flight',
    url,
    { tables, migrations: from, poolSize: 4, waitMs },
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

/** The sample's migrations with the last one generated again: it is later, and makes what the earlier form has made. */
async function generatedAgain(): Promise<string> {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  cpSync(migrations, folder.path, { recursive: true });
  for (const dialect of ['sqlite', 'postgres']) {
    const journal = join(folder.path, dialect, 'meta/_journal.json');
    const text = readFileSync(journal, 'utf8');
    writeFileSync(
      journal,
      text.replaceAll(/"when": (\d+)/g, (_, when) => `"when": ${Number(when) + 1}`),
    );
  }
  return folder.path;
}

const refusal = (database: string) => ({
  name: 'StartError',
  message: expect.stringMatching(
    new RegExp(
      `^Cannot open the database \\S*${database}: .*the migration 0000_\\w+ fails: .* already exists\\. .*delete`,
    ),
  ),
});

test('names the file and the migration that fails, when that was generated again, and what to do', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const url = `file:${join(folder.path, 'flight.sqlite')}`;
  await open(url);
  await expect(open(url, 0, await generatedAgain())).rejects.toMatchObject(refusal('/flight.sqlite'));
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

  test('names the migration that fails, when that was generated again, and what to do', async () => {
    const url = await server.createDatabase();
    await open(url);
    await expect(open(url, 0, await generatedAgain())).rejects.toMatchObject(refusal(new URL(url).pathname));
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
    message: expect.stringMatching(/is unavailable.*ECONNREFUSED.*FLIGHT_DB_URL/),
  });
  expect(String(error)).not.toMatch(/secret/);
});
