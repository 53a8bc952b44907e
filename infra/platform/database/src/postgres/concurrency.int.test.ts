import { requires, until } from '@airline/testing';
import {
  account,
  deposit,
  migrations,
  opened,
  type SampleState,
  tables,
  transfer,
} from '@airline/testing/sample';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Command, Store } from '../store.ts';
import { upTo } from '../store-contract/harness.fixture.ts';
import { openPostgres, type Postgres } from './connect.ts';
import { commit } from './messages.ts';
import { usePostgres } from './postgres.fixture.ts';
import { createPostgresStore } from './store.ts';

/** Rewrites what a store sends, to take a guard away from it. */
type Rewrite = (text: string) => string;

const asItIs: Rewrite = (text) => text;
const withoutLocks: Rewrite = (text) => text.replace(' for update', '');
const withoutIsolation: Rewrite = (text) => text.replace(/^begin .*/, 'begin');
const withoutSum: Rewrite = (text) => text.replace(/= "transfer"\."amount" \+ /, '= ');
const withoutInbox: Rewrite = (text) =>
  text.startsWith('insert into inbox')
    ? 'select * from unnest($1::text[], $2::text[]) as m (consumer, "eventId")'
    : text;

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error);

/** What each commit waits for. */
type Meeting = () => Promise<unknown> | undefined;

/** @param refused gets the code of each error of the database */
function rewritten(
  database: Postgres,
  rewrite: Rewrite,
  meeting?: Meeting,
  refused: Set<unknown> = new Set(),
): Postgres {
  const { session } = database;
  return {
    ...database,
    session: (work) =>
      session(({ send }) =>
        work({
          send: async ({ text }, values) => {
            if (text === commit.text) await meeting?.();
            try {
              return await send({ text: rewrite(text) }, values);
            } catch (error) {
              refused.add(codeOf(error));
              throw error;
            }
          },
        }),
      ),
  };
}

describe('stores that share a database in PostgreSQL', requires('postgres').options, () => {
  const postgres = usePostgres();

  async function open(
    url: string,
    rewrite = asItIs,
    meeting?: Meeting,
    refused?: Set<unknown>,
  ): Promise<Store<SampleState>> {
    const opened = await openPostgres({ url, service: 'flight', migrations });
    const database = rewritten(opened, rewrite, meeting, refused);
    const store = createPostgresStore<SampleState>({
      database,
      tables,
      encode: (event) => JSON.stringify(event),
      now: () => new Date(),
    });
    onTestFinished(() => store.close());
    return store;
  }

  /** Three replicas' stores, on a database with settings of its own. */
  async function replicas(
    rewrite = asItIs,
    settings?: string,
    meeting?: (url: string) => ReturnType<Meeting>,
    refused?: Set<unknown>,
  ) {
    const url = await postgres.createDatabase();
    const name = new URL(url).pathname.slice(1);
    if (settings !== undefined) await postgres.query(url, `alter database ${name} set ${settings}`);
    return await Promise.all(upTo(3).map(() => open(url, rewrite, () => meeting?.(url), refused)));
  }

  /** Resolves once a transaction waits for what another has locked: it has read before that commits. */
  const isMet = (url: string) =>
    until('two have met', async () => {
      const waiting = `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      return (await postgres.query(url, waiting)).length > 0;
    });

  /** Takes one seat if there is one; returns how many it took. */
  const sell: Command<SampleState, number> = {
    keys: { account: 'seats' },
    decide: ({ account: seats }) => {
      const left = seats?.balance ?? 0;
      return left > 0 ? { write: { account: opened('seats', left - 1) }, result: 1 } : { result: 0 };
    },
  };

  /** How many of 100 seats three replicas sell to 300 customers, who come in small groups; two of them meet. */
  async function sold(rewrite?: Rewrite, settings?: string, refused?: Set<unknown>): Promise<number> {
    let [isOpen, met]: [boolean, Promise<unknown> | undefined] = [false, undefined];
    const meeting = (url: string) => {
      if (isOpen) met ??= isMet(url);
      return met;
    };
    const stores = await replicas(rewrite, settings, meeting, refused);
    await stores[0]?.transact(deposit('seats', 100));
    isOpen = true;
    const customers = upTo(100).flatMap(() => stores.map((store) => () => store.transact(sell)));
    const taken: number[] = [];
    const buyers = upTo(30).map(async () => {
      for (let buy = customers.pop(); buy; buy = customers.pop()) taken.push(await buy());
    });
    await Promise.all(buyers);
    return taken.reduce((sum, seats) => sum + seats, 0);
  }

  test('sell each seat once', async () => {
    expect(await sold()).toBe(100);
  });

  test('would sell seats twice without locks', async () => {
    expect(await sold(withoutLocks)).toBeGreaterThan(100);
  });

  const serializable = "default_transaction_isolation = 'serializable'";

  test('sell each seat once, whatever the isolation of transactions is by default', async () => {
    const refused = new Set<unknown>();
    expect(await sold(asItIs, serializable, refused)).toBe(100);
    expect([...refused]).toEqual([]);
  });

  test('would be refused by default, since they meet, if they named no isolation', async () => {
    const refused = new Set<unknown>();
    // Whether all attempts of one are refused is a matter of luck.
    await sold(withoutIsolation, serializable, refused).catch(() => undefined);
    expect([...refused]).toEqual(['40001']);
  });

  test('open an account once, however many do so at once', async () => {
    const stores = await replicas();
    const ids = upTo(50).map((number) => `new-${number}`);
    const balances = await Promise.all(
      ids.flatMap((id) => stores.map((store) => store.transact(deposit(id, 1)))),
    );
    expect(balances.toSorted()).toEqual([...ids.map(() => 1), ...ids.map(() => 2), ...ids.map(() => 3)]);
    const rows = await Promise.all(ids.map((id) => stores[0]?.read.select(account, eq(account.id, id))));
    expect(rows.map((found) => found?.[0]?.balance)).toEqual(ids.map(() => 3));
  });

  test('see together what was written together, also where one of it was missing before', async () => {
    const stores = await replicas();
    await stores[0]?.transact(deposit('shared', 1));
    const open: Command<SampleState, boolean>['decide'] = ({ account: shared, transfer }) => ({
      write: {
        account: opened('shared', (shared?.balance ?? 0) + 1),
        transfer: transfer ?? { id: 't', accountId: 'shared', amount: shared?.balance ?? 0 },
      },
      result: transfer === undefined,
    });
    const outcomes = await Promise.all(
      upTo(10).flatMap(() =>
        stores.map((store) => store.transact({ keys: { account: 'shared', transfer: 't' }, decide: open })),
      ),
    );
    expect(outcomes.filter((isFirst) => isFirst)).toHaveLength(1);
    expect(await stores[0]?.read.select(account, eq(account.id, 'shared'))).toEqual([opened('shared', 31)]);
  });

  /** What a counter says to which each of three replicas adds 1 fifty times. */
  async function counted(rewrite?: Rewrite): Promise<number | undefined> {
    const stores = await replicas(rewrite);
    const row = { id: 't', accountId: 'a', amount: 1 };
    const add: Command<SampleState, undefined> = {
      keys: {},
      decide: () => ({ add: { transfer: row }, result: undefined }),
    };
    await Promise.all(upTo(50).flatMap(() => stores.map((store) => store.transact(add))));
    const [found] = (await stores[0]?.read.select(transfer, eq(transfer.id, 't'))) ?? [];
    return found?.amount;
  }

  test('add to a counter that none of them has read', async () => {
    expect(await counted()).toBe(150);
  });

  test('would overwrite what others have added if they did not add', async () => {
    expect(await counted(withoutSum)).toBeLessThan(150);
  });

  /** What an account holds after each of three replicas has handled the same 50 events. */
  async function handled(rewrite?: Rewrite): Promise<number | undefined> {
    const stores = await replicas(rewrite);
    const deliveries = upTo(50).flatMap((event) =>
      stores.map((store) => store.handle({ consumer: 'c', eventId: `e${event}` }, deposit('a', 1))),
    );
    await Promise.all(deliveries);
    const [row] = (await stores[0]?.read.select(account, eq(account.id, 'a'))) ?? [];
    return row?.balance;
  }

  test('handle an event once, though each of them gets it', async () => {
    expect(await handled()).toBe(50);
  });

  test('would handle it more than once without the inbox', async () => {
    expect(await handled(withoutInbox)).toBeGreaterThan(50);
  });

  test('finish when they take the same rows in opposite orders', async () => {
    const [one, two] = await replicas();
    if (!one || !two) throw new Error('There are three.');
    const ids = upTo(20).map((number) => `a${number}`);
    const all = [
      one.transact(deposit('x', 1)),
      ...ids.flatMap((id, index) => [
        one.transact(deposit(id, 1)),
        two.transact(deposit(ids.at(-1 - index) ?? '', 1)),
      ]),
    ];
    await Promise.all(all);
    expect(await one.read.count(account, eq(account.balance, 2))).toBe(20);
  });
});
