import { join } from 'node:path';
import { requires, startPgBouncer } from '@airline/testing';
import { account, deposit, migrations } from '@airline/testing/sample';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { seqsOf } from '../store-contract/harness.fixture.ts';
import { openPostgres } from './connect.ts';
import { lock } from './numbering.ts';
import { usePostgres } from './postgres.fixture.ts';

const migrationsOf = (service: 'payment' | 'reservation') =>
  new URL(`../../../../../subgraphs/${service}/src/store/migrations`, import.meta.url).pathname;

describe('services on one PostgreSQL database', requires('postgres').options, () => {
  const postgres = usePostgres();

  const schemasOf = async (url: string, table: string) => {
    const text = 'select schemaname from pg_tables where tablename = $1 order by schemaname';
    return (await postgres.query(url, text, [table])).map(({ schemaname }) => schemaname);
  };

  /** Makes the sample's tables as the release before schemas did. */
  async function migrateAsEarlier(url: string) {
    const database = drizzle(url);
    const migrationsFolder = join(migrations, 'postgres');
    await migrate(database, { migrationsFolder }).finally(() => database.$client.end());
  }

  /** A role and its URL. */
  async function roleIn(url: string, name: string) {
    await postgres.query(url, `create role ${name} login`);
    return url.replace('airline@', `${name}@`);
  }

  test('have a schema and a journal each, and know nothing of each other', async () => {
    const url = await postgres.createDatabase();
    const flight = await postgres.open(url);
    const payment = await postgres.open(url, { service: 'payment' });
    await flight.store.transact(deposit('a', 1));
    await flight.store.transact(deposit('a', 1));
    expect(await payment.store.transact(deposit('a', 5))).toBe(5);
    expect(await seqsOf(flight.store)).toEqual([1, 2]);
    expect(await seqsOf(payment.store)).toEqual([1]);
    expect(await schemasOf(url, 'account')).toEqual(['flight', 'payment']);
    expect(await schemasOf(url, '__drizzle_migrations')).toEqual(['flight', 'payment']);
  });

  test('number their outboxes without waiting for each other', async () => {
    const url = await postgres.createDatabase();
    const [flight, replica] = [await postgres.open(url), await postgres.open(url)];
    const payment = await postgres.open(url, { service: 'payment' });
    const seqs = (schema: string) => postgres.query(url, `select seq from ${schema}.outbox`);
    await flight.database.session(async ({ send }) => {
      await send({ text: 'begin' });
      await send(lock);
      await replica.store.transact(deposit('a', 1));
      await payment.store.transact(deposit('a', 1));
      expect(await seqs('flight')).toEqual([{ seq: null }]);
      expect(await seqs('payment')).toEqual([{ seq: '1' }]);
      await send({ text: 'commit' });
    });
    expect(await seqsOf(replica.store)).toEqual([1]);
  });

  test('keep apart behind a PgBouncer that hands the sessions of one on to the other', async () => {
    const url = await postgres.createDatabase();
    const bouncer = await startPgBouncer(postgres.server().port, 'session');
    onTestFinished(() => bouncer[Symbol.asyncDispose]());
    const through = bouncer.urlOf(url);
    const flight = await postgres.open(through);
    await flight.store.transact(deposit('a', 1));
    await flight.store.close();
    const payment = await postgres.open(through, { service: 'payment' });
    expect(await payment.store.transact(deposit('a', 5))).toBe(5);
    expect(await payment.store.read.count(account)).toBe(1);
  });

  test('share it with the tables of an earlier release, which stay where they are', async () => {
    const url = await postgres.createDatabase();
    await migrateAsEarlier(url);
    await postgres.query(url, `insert into account (id, owner, balance) values ('a', 'nobody', 7)`);
    const { store, database } = await postgres.open(url);
    expect(await store.transact(deposit('a', 1))).toBe(8);
    const payment = await openPostgres({ url, service: 'payment', migrations: migrationsOf('payment') });
    onTestFinished(payment.close);
    expect(await schemasOf(url, 'outbox')).toEqual(['payment', 'public']);
    expect(await schemasOf(url, '__drizzle_migrations')).toEqual(['drizzle', 'payment']);
    // A replica of that release holds this lock while it gives numbers.
    await database.session(async ({ send }) => {
      await send({ text: 'begin' });
      await send({ text: `select pg_advisory_xact_lock(${0x61_69_72_6c}, 1)` });
      await store.transact(deposit('b', 1));
      expect(await postgres.query(url, 'select seq from outbox order by id')).toEqual([
        { seq: '1' },
        { seq: null },
      ]);
      await send({ text: 'commit' });
    });
    expect(await seqsOf(store)).toEqual([1, 2]);
  });

  test('are refused where they have tables of both releases', async () => {
    const url = await postgres.createDatabase();
    await (await postgres.open(url)).store.close();
    await migrateAsEarlier(url);
    await expect(postgres.open(url)).rejects.toThrow(
      /tables of flight twice, in the schemas "public" and "flight"/,
    );
  });

  test.each([
    [
      'another service',
      async (url: string) => {
        const options = { url, service: 'flight', migrations: migrationsOf('reservation') };
        await (await openPostgres(options)).close();
      },
    ],
    [
      'another program',
      (url: string) => postgres.query(url, 'create schema flight create table account (id int)'),
    ],
  ])('are refused a schema with the tables of %s, and change nothing in it', async (_, fill) => {
    const url = await postgres.createDatabase();
    await fill(url);
    const tables = () =>
      postgres.query(url, `select tablename from pg_tables where schemaname = 'flight' order by 1`);
    const before = await tables();
    await expect(
      openPostgres({ url, service: 'flight', migrations: migrationsOf('payment') }),
    ).rejects.toMatchObject({
      name: 'ForeignTablesError',
      message: expect.stringMatching('of another service or program.*tables are (account|dead_letter)'),
    });
    expect(await tables()).toEqual(before);
  });

  test('have the rights that they use: to a schema that is there, or to tables that are up to date', async () => {
    const url = await postgres.createDatabase();
    const owner = await roleIn(url, 'flight_owner');
    await postgres.query(url, 'create schema flight authorization flight_owner');
    await (await postgres.open(owner)).store.transact(deposit('a', 1));

    const user = await roleIn(url, 'flight_user');
    await postgres.query(
      url,
      'grant usage on schema flight to flight_user; grant all on all tables in schema flight to flight_user',
    );
    expect(await (await postgres.open(user)).store.transact(deposit('a', 1))).toBe(2);

    const others = await roleIn(url, 'nobody_at_all');
    await expect(postgres.open(others, { service: 'payment' })).rejects.toMatchObject({ code: '42501' });
  });
});
