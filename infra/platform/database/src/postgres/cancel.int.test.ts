import { until } from '@airline/testing';
import { account, opened } from '@airline/testing/sample';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { usePostgres } from './postgres.fixture.ts';

const { createDatabase, open, query } = usePostgres();

async function started() {
  const url = await createDatabase();
  const { store } = await open(url, { poolSize: 3 });
  await store.transact({ keys: {}, decide: () => ({ write: { account: opened('a') }, result: 0 }) });
  const isSleeping = async () => {
    const text = `select 1 from pg_stat_activity where state = 'active' and query like '%pg_sleep(9)%' and pid <> pg_backend_pid()`;
    return (await query(url, text)).length > 0;
  };
  return { read: store.read, isSleeping };
}

const asleep = sql`pg_sleep(9) is not null`;

test('a statement stops in the database when nobody waits for it, and others go on', async () => {
  const { read, isSleeping } = await started();
  const leaving = new AbortController();
  const reading = read.within(leaving.signal).select(account, asleep);
  const outcome = expect(reading).rejects.toThrow('it has left');
  await until('it runs', isSleeping);
  leaving.abort(new Error('it has left'));
  await outcome;
  await until('it has stopped', async () => !(await isSleeping()));
  for (let round = 0; round < 5; round += 1) expect(await read.count(account)).toBe(1);
});

test('one that waits for a connection does not begin', async () => {
  const { read, isSleeping } = await started();
  const [first, second] = [new AbortController(), new AbortController()];
  const sleeping = read.within(first.signal).select(account, asleep);
  const ended = expect(sleeping).rejects.toThrow('first');
  await until('it runs', isSleeping);
  const waiting = read.within(second.signal).count(account);
  const refused = expect(waiting).rejects.toThrow('second');
  second.abort(new Error('second'));
  first.abort(new Error('first'));
  await Promise.all([ended, refused]);
  expect(await read.count(account)).toBe(1);
});
