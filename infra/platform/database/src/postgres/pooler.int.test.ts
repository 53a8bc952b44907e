import { requires, startPgBouncer } from '@airline/testing';
import { deposit, migrations } from '@airline/testing/sample';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isUnavailable } from '../transient.ts';
import { openPostgres } from './connect.ts';
import { usePostgres } from './postgres.fixture.ts';

describe('PgBouncer', requires('postgres', 'pgbouncer').options, () => {
  const postgres = usePostgres();

  async function through(poolMode: 'session' | 'transaction' | 'statement') {
    const url = await postgres.createDatabase();
    const bouncer = await startPgBouncer(postgres.server().port, poolMode);
    onTestFinished(() => bouncer[Symbol.asyncDispose]());
    return bouncer.urlOf(url);
  }

  test('that pools sessions serves a store, within its time limits', async () => {
    const url = await through('session');
    const { store } = await postgres.open(url);
    const amounts = await Promise.all([1, 2, 3].map((amount) => store.transact(deposit('a', amount))));
    expect(amounts.at(-1)).toBe(6);
    const { query, session, close } = await openPostgres({ url, service: 'flight', migrations });
    onTestFinished(close);
    const show = { text: 'show statement_timeout' };
    expect(await query(show)).toEqual([{ statement_timeout: '10s' }]);
    expect(await session(({ send }) => send(show))).toEqual([{ statement_timeout: '10s' }]);
  });

  test.each(['transaction', 'statement'] as const)(
    'that pools by %s is refused by name',
    async (poolMode) => {
      const opening = openPostgres({ url: await through(poolMode), service: 'flight', migrations });
      const reason = await opening.catch((error: unknown) => error);
      expect(String(reason)).toContain('PgBouncer: set pool_mode = session');
      expect(isUnavailable(reason)).toBe(false);
    },
  );
});
