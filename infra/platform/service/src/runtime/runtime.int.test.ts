import { join } from 'node:path';
import { createEmbeddedTransport } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { freePort, requires, startPostgresServer, tempFolder } from '@airline/testing';
import { deposit, migrations, type SampleState, tables } from '@airline/testing/sample';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore, system } from './runtime.ts';

const lines: string[] = [];
const logger = createLogger({
  service: 'flight',
  level: 'warn',
  pretty: false,
  destination: { write: (line: string) => void lines.push(line) },
});
const runtime = { ...system, logger, transport: createEmbeddedTransport() };

const open = async (url: string, waitMs = 0) => {
  const store = await openStore<SampleState>(
    'flight',
    url,
    { tables, migrations, poolSize: 4, waitMs },
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

  test('waits for one that starts later, and logs it', async () => {
    const url = await server.createDatabase();
    await server.kill();
    lines.length = 0;
    const opening = open(url, 30_000);
    await server.start();
    expect(await (await opening).transact(deposit('a', 1))).toBe(1);
    expect(lines.join()).toMatch(/database unavailable; waiting/);
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
