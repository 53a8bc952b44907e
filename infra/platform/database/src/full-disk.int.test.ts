import { chown } from 'node:fs/promises';
import { join } from 'node:path';
import { mountSmallDisk, requires, requiresMount, unprivileged, until } from '@airline/testing';
import { deposit, openSample, type Sample, type SampleState } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import { usePostgres } from './postgres/postgres.fixture.ts';
import type { Store } from './store.ts';
import { isTransient } from './transient.ts';

const MEGABYTE = 1024 * 1024;

function smallDisk(bytes: number) {
  const disk = mountSmallDisk(bytes);
  onTestFinished(() => disk[Symbol.asyncDispose]());
  return disk;
}

function opened(sample: Sample): Store<SampleState> {
  onTestFinished(() => sample[Symbol.asyncDispose]());
  return sample.store;
}

const fails = (work: Promise<unknown>) =>
  work.then(
    () => false,
    (error: unknown) => isTransient(error) && error,
  );

/** Writes rows that are there, and others that are new, until they are refused. */
const writeUntilRefused = (store: Store<SampleState>) =>
  until('writes are refused', async () => {
    const writes = Array.from({ length: 50 }, (_, index) =>
      store.transact(deposit(`${index}${Math.random()}`, 1)),
    );
    return await fails(Promise.all(writes));
  });

describe('a SQLite database on a disk of its own', requiresMount().options, () => {
  test('is not well while that is full, though nobody writes, and is again once there is room', async () => {
    const disk = smallDisk(2 * MEGABYTE);
    const store = opened(openSample({ file: join(disk.path, 'sample.sqlite') }));
    await store.transact(deposit('a', 1));
    await store.ping();
    await disk.fill();
    await until('it is not well', () => fails(store.ping()));
    expect(await fails(store.transact(deposit('a', 1)))).toMatchObject({ code: 'SQLITE_FULL' });
    await disk.free();
    await store.transact(deposit('a', 1));
    await store.ping();
  });
});

describe('a SQLite database', () => {
  test('is not well after a write that was too large for it, until one succeeds', async () => {
    const sample = openSample();
    const store = opened(sample);
    await store.ping();
    const pages = Number(sample.database.client.pragma('page_count', { simple: true }));
    sample.database.client.pragma(`max_page_count = ${pages}`);
    await writeUntilRefused(store);
    await expect(store.ping()).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    sample.database.client.pragma('max_page_count = 1000000');
    await store.transact(deposit('a', 1));
    await store.ping();
  });

  test.each([
    ['is read-only', 'pragma query_only = on', 'pragma query_only = off'],
    ['has lost a table', 'alter table account rename to lost', 'alter table lost rename to account'],
  ])('is not well while it %s', async (_what, breaks, mends) => {
    const sample = openSample();
    const store = opened(sample);
    await store.ping();
    sample.database.client.exec(breaks);
    expect(await fails(store.ping())).toBeTruthy();
    sample.database.client.exec(mends);
    await store.ping();
  });
});

describe('PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();

  test('is not well while a table is missing', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    await store.ping();
    const rename = async (from: string, to: string) => {
      const [{ schema }] = (await postgres.query(
        url,
        `select table_schema as schema from information_schema.tables where table_name = '${from}'`,
      )) as [{ schema: string }];
      await postgres.query(url, `alter table "${schema}".${from} rename to ${to}`);
    };
    await rename('account', 'lost');
    await expect(store.ping()).rejects.toMatchObject({ code: '42P01' });
    await rename('lost', 'account');
    await store.ping();
  });

  test('is not well while the disk of its tables is full', requiresMount().options, async () => {
    const disk = smallDisk(4 * MEGABYTE);
    const owner = await unprivileged();
    if (owner) await chown(disk.path, owner.uid, owner.gid);
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    await postgres.query(url, `create tablespace small location '${disk.path}'`);
    await postgres.query(url, 'alter table all in tablespace pg_default set tablespace small');
    await store.transact(deposit('a', 1));
    await store.ping();
    await disk.fill();
    expect(await writeUntilRefused(store)).toMatchObject({ code: '53100' });
    await expect(store.ping()).rejects.toMatchObject({ code: '53100' });
    await disk.free();
    await until('it takes writes', async () => !(await fails(store.transact(deposit('b', 1)))));
    await store.ping();
  });
});
