import { requires, until } from '@airline/testing';
import { account, deposit, migrations, opened } from '@airline/testing/sample';
import { gt, like } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { upTo } from '../store-contract/harness.fixture.ts';
import { isTransient } from '../transient.ts';
import { openPostgres } from './connect.ts';
import { usePostgres } from './postgres.fixture.ts';

interface Outage {
  readonly name: string;
  /** Statements for a database and a role of one name. */
  readonly breaks: (name: string) => readonly string[];
  readonly mends: (name: string) => readonly string[];
}

const outages: readonly Outage[] = [
  {
    name: 'its role may not log in',
    breaks: (name) => [`alter role ${name} nologin`],
    mends: (name) => [`alter role ${name} login`],
  },
  {
    name: 'its role has no connections left',
    breaks: (name) => [`alter role ${name} connection limit 0`],
    mends: (name) => [`alter role ${name} connection limit -1`],
  },
  {
    name: 'the database has another name',
    breaks: (name) => [
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`,
      `alter database ${name} rename to ${name}_away`,
    ],
    mends: (name) => [`alter database ${name}_away rename to ${name}`],
  },
  {
    name: 'its role may only read',
    breaks: (name) => [`alter role ${name} set default_transaction_read_only = on`],
    mends: (name) => [`alter role ${name} reset default_transaction_read_only`],
  },
  {
    name: 'a table has another name',
    breaks: () => ['alter table flight.account rename to account_away'],
    mends: () => ['alter table flight.account_away rename to account'],
  },
  {
    name: 'it has no right to a table',
    breaks: () => ['alter table flight.account owner to airline'],
    mends: (name) => [`alter table flight.account owner to ${name}`],
  },
];

/** Whether a statement is for the database itself; others are for one that stays. */
const inSchema = (statement: string) => statement.startsWith('alter table');

describe('PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();

  test('is brought up to date once by four that start at once on an empty database', async () => {
    const url = await postgres.createDatabase();
    const opened = await Promise.all(upTo(4).map(() => postgres.open(url)));
    await Promise.all(opened.map(({ store }) => store.transact(deposit('a', 1))));
    const counted =
      'select (count(*) - count(distinct hash))::int as repeated from flight.__drizzle_migrations';
    expect(await postgres.query(url, counted)).toEqual([{ repeated: 0 }]);
    expect(await opened[0]?.store.read.select(account, like(account.id, '%'))).toMatchObject([
      { balance: 4 },
    ]);
  });

  test('sorts and compares by bytes, as SQLite does, whatever the language of the database', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    const ids = ['Z', 'a', 'a-b', 'aB', 'ab', 'é'];
    await Promise.all(ids.map((id) => store.transact(deposit(id, 1))));
    const page = await store.read.page(account, { limit: 10 });
    expect(page.map(({ id }) => id)).toEqual(ids);
    expect(await store.read.count(account, gt(account.id, 'a-b'))).toBe(3);
    const byLanguage = await postgres.query(url, `select 'Z' < 'a' as bytes`);
    expect(byLanguage).toEqual([{ bytes: false }]);
  });

  test('names its connections, and opens at most `poolSize` of them', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url, { poolSize: 4 });
    await Promise.all(
      upTo(50).flatMap((each) => [store.transact(deposit(`${each}`, 1)), store.read.count(account)]),
    );
    const [{ count } = {}] = await postgres.query(
      url,
      `select count(*)::int from pg_stat_activity where application_name = 'airline flight'`,
    );
    expect(count).toBeGreaterThan(1);
    expect(count).toBeLessThanOrEqual(4);
  });

  test('refuses one of a batch for what it writes, and takes its neighbours', async () => {
    const { store } = await postgres.open(await postgres.createDatabase());
    const bad = { keys: {}, decide: () => ({ write: { account: opened('b', 1, 'nul \0') }, result: 0 }) };
    const outcomes = await Promise.allSettled([
      store.transact(deposit('a', 1)),
      store.transact(bad),
      store.handle({ consumer: 'c', eventId: 'e' }, bad),
      store.handle({ consumer: 'c', eventId: 'e' }, deposit('a', 1)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(await store.read.select(account, like(account.id, '%'))).toEqual([opened('a', 2)]);
  });

  test('ends an idle transaction, so that others get the rows that it has locked', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    await store.transact(deposit('a', 1));
    const { session, close } = await openPostgres({ url, service: 'flight', migrations });
    onTestFinished(close);
    const left = session(async ({ send }) => {
      await send({ text: 'begin' });
      await send({ text: 'set local idle_in_transaction_session_timeout = 300' });
      await send({ text: 'select * from account for update' });
      expect(await store.transact(deposit('a', 1))).toBe(2);
      await send({ text: 'commit' });
    });
    await expect(left).rejects.toSatisfy(isTransient);
  });

  test('is killed and restarted: work fails as transient meanwhile, and nothing acknowledged is lost', async () => {
    const url = await postgres.createDatabase();
    const server = postgres.server();
    const { store } = await postgres.open(url);
    let acknowledged = 0;
    const failures: unknown[] = [];
    let isOver = false;
    const clients = upTo(8).map(async (client) => {
      while (!isOver) {
        try {
          await store.transact(deposit(`${client}`, 1));
          acknowledged += 1;
        } catch (error) {
          failures.push(error);
          await store.ping().catch(() => {});
        }
      }
    });
    await until('work is done', () => acknowledged > 50);
    await server.kill();
    await until('work is refused', () => failures.length > 8);
    await expect(store.ping()).rejects.toSatisfy(isTransient);
    await server.start();
    const before = acknowledged;
    await until('work is done again', () => acknowledged > before + 50);
    isOver = true;
    await Promise.all(clients);
    await store.ping();
    expect(failures.every(isTransient)).toBe(true);
    const rows = await store.read.select(account, like(account.id, '%'));
    const total = rows.reduce((sum, { balance }) => sum + balance, 0);
    // What was in flight may be committed, though it was not acknowledged.
    expect(total).toBeGreaterThanOrEqual(acknowledged);
    expect((await store.log.read(0, 100_000)).map(({ seq }) => seq)).toEqual(upTo(total));
  });

  test.each(outages)('fails as transient while $name, and works again after', async ({ breaks, mends }) => {
    const admin = await postgres.createDatabase();
    const name = new URL(admin).pathname.slice(1);
    await postgres.query(admin, `create role ${name} login; alter database ${name} owner to ${name}`);
    const url = admin.replace('airline@', `${name}@`);
    const elsewhere = admin.replace(name, 'postgres');
    const { store } = await postgres.open(url);
    await store.transact(deposit('a', 1));
    const disconnect = `select pg_terminate_backend(pid) from pg_stat_activity where usename = '${name}'`;

    for (const statement of breaks(name))
      await postgres.query(inSchema(statement) ? admin : elsewhere, statement);
    await postgres.query(elsewhere, disconnect);
    const failures = await Promise.all(
      [store.transact(deposit('a', 1)), store.transact(deposit('b', 1))].map((work) =>
        work.then(
          () => undefined,
          (error: unknown) => error,
        ),
      ),
    );
    expect(failures.map(isTransient)).toEqual([true, true]);
    await expect(store.ping()).rejects.toSatisfy(isTransient);

    for (const statement of mends(name))
      await postgres.query(inSchema(statement) ? admin : elsewhere, statement);
    expect(await store.transact(deposit('a', 1))).toBe(2);
    await store.ping();
  });

  test('fails its health check while it does not respond', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    await store.ping();
    await postgres.server().pause();
    try {
      await expect(store.ping()).rejects.toSatisfy(isTransient);
    } finally {
      await postgres.server().resume();
    }
    await store.ping();
  });

  test('fails its health check while it is read-only', async () => {
    const url = await postgres.createDatabase();
    const { store } = await postgres.open(url);
    await store.ping();
    const set = async (statement: string) => {
      await postgres.query(url, statement);
      await postgres.query(url, 'select pg_reload_conf()');
    };
    // A transaction that may write is needed to set it back.
    await set('alter system set default_transaction_read_only = on');
    try {
      await until('it is read-only', () =>
        store.ping().then(
          () => false,
          ({ code }) => code === '25006',
        ),
      );
    } finally {
      await set('alter system reset default_transaction_read_only');
    }
    await until('it takes writes', () =>
      store.ping().then(
        () => true,
        () => false,
      ),
    );
  });

  test('that is missing or unavailable fails to open', async () => {
    const url = await postgres.createDatabase();
    const missing = openPostgres({ url: `${url}-missing`, service: 'flight', migrations });
    await expect(missing).rejects.toMatchObject({ code: '3D000' });
    const unavailable = openPostgres({ url: 'postgres://127.0.0.1:1/any', service: 'flight', migrations });
    await expect(unavailable).rejects.toSatisfy(isTransient);
  });
});
