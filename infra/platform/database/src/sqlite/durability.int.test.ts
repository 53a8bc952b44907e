import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startChild, tempFolder } from '@airline/testing';
import { account, deposit, openSample, type SampleOptions } from '@airline/testing/sample';
import Database from 'better-sqlite3';
import { like } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isTransient } from '../transient.ts';

const writer = new URL('./writer.fixture.ts', import.meta.url).pathname;

async function newFile(): Promise<string> {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return join(folder.path, 'new/folders/sample.sqlite');
}

function open(options: SampleOptions) {
  const sample = openSample(options);
  onTestFinished(() => sample[Symbol.asyncDispose]());
  return sample;
}

describe('a SQLite database', () => {
  test('holds whatever was acknowledged before its process was killed', async () => {
    const file = await newFile();
    const child = startChild(process.execPath, [writer, file]);
    onTestFinished(() => child[Symbol.asyncDispose]());
    await child.printed(/(?:.*\n){200}/);
    child.signal('SIGKILL');
    const { stdout } = await child.ended;

    const { store } = open({ file });
    const acknowledged = stdout.split('\n').slice(0, -1);
    const rows = await store.read.select(account, like(account.id, '%'));
    const held = new Set(rows.map(({ id }) => id));
    expect(acknowledged.length).toBeGreaterThan(100);
    expect(acknowledged.filter((id) => !held.has(id))).toEqual([]);
    // A row and its event are there together or not at all.
    const log = await store.log.read(0, 10_000);
    expect(log.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
    expect(new Set(log.map(({ event }) => JSON.parse(event).subject))).toEqual(held);
  });

  test('flushes each commit to the disk', async () => {
    const { client } = open({ file: await newFile() }).database;
    expect(client.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(client.pragma('synchronous', { simple: true })).toBe(2);
  });

  test('is brought up to date once', async () => {
    const file = await newFile();
    const first = open({ file });
    await first.store.transact(deposit('a', 1));
    await first.store.close();
    const statements: string[] = [];
    const { store } = open({ file, onStatement: (text) => statements.push(text) });
    expect(statements.filter((text) => /^\s*(create (table|index) `|insert)/i.test(text))).toEqual([]);
    expect(await store.read.count(account)).toBe(1);
  });

  test('is made in memory without a file', async () => {
    const { store } = open({ file: ':memory:' });
    await store.transact(deposit('a', 1));
    expect(await store.read.count(account)).toBe(1);
    expect(existsSync(':memory:')).toBe(false);
  });
});

describe('a SQLite database that another process has locked', () => {
  async function locked() {
    const file = await newFile();
    const sample = open({ file });
    sample.database.client.pragma('busy_timeout = 20');
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('begin immediate');
    return { ...sample, other };
  }

  test('fails a whole batch after one wait, as transient', async () => {
    const { store } = await locked();
    const commands = Array.from({ length: 100 }, () => store.transact(deposit('a', 1)));
    const outcomes = await Promise.allSettled(commands);
    const reasons = outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason);
    expect(reasons.every(isTransient)).toBe(true);
    // One and the same error: it was not waited for a hundred times.
    expect(new Set(reasons).size).toBe(1);
    expect(await store.log.last()).toBe(0);
  });

  test('continues once it is unlocked', async () => {
    const { store, other } = await locked();
    await expect(store.transact(deposit('a', 1))).rejects.toSatisfy(isTransient);
    other.exec('rollback');
    expect(await store.transact(deposit('a', 1))).toBe(1);
    expect(await store.log.last()).toBe(1);
  });
});
