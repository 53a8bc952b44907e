import { type Account, account, opened, tables, transfer } from '@airline/testing/sample';
import { eq, gte, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { PageQuery } from '../store.ts';
import type { AnyColumn } from '../table.ts';
import { type Open, start, upTo } from './harness.fixture.ts';

const OWNERS = ['ann', 'bob', 'eve'];

/** Nine accounts, `a1` to `a9`, of three owners in turn, whose balances fall; notes sort as the balances do. */
const accounts: Account[] = upTo(9).map((number) => ({
  ...opened(`a${number}`, 10 - number, OWNERS[(number - 1) % 3]),
  note: `n${10 - number}`,
}));

async function filled(open: Open) {
  const { store } = await start(open);
  const puts = accounts.map((row) =>
    store.transact({ keys: {}, decide: () => ({ write: { account: row }, result: 0 }) }),
  );
  await Promise.all(puts);
  return store.read;
}

const ids = (rows: readonly Account[] = []) => rows.map(({ id }) => id).join(' ');

export function readerContract(open: Open): void {
  describe('its reader', () => {
    test('selects by a condition', async () => {
      const read = await filled(open);
      expect(await read.select(account, eq(account.id, 'a3'))).toEqual([accounts[2]]);
      expect(await read.select(transfer, eq(transfer.accountId, 'a3'))).toEqual([]);
    });

    test('selects by the values of a column', async () => {
      const read = await filled(open);
      const among = async (values: readonly string[], where?: PageQuery['where']) =>
        ids(await read.selectAmong(account, account.id, values, where))
          .split(' ')
          .sort()
          .join(' ');
      expect(await among(['a7', 'nobody', 'a3', 'a7'])).toBe('a3 a7');
      expect(await among(['a7', 'a3'], gte(account.balance, 7))).toBe('a3');
      expect(await among(['a"7', "a'3", 'a3'])).toBe('a3');
      expect(await among([])).toBe('');
    });

    test.each<[string, Partial<PageQuery>, string]>([
      ['the first', {}, 'a1 a2 a3'],
      ['those after a key', { after: ['a3'] }, 'a4 a5 a6'],
      ['those before a key, from the start', { before: ['a3'] }, 'a1 a2'],
      ['those between', { after: ['a2'], before: ['a5'] }, 'a3 a4'],
      ['the last, in ascending order', { backwards: true }, 'a7 a8 a9'],
      ['the last before a key', { backwards: true, before: ['a4'] }, 'a1 a2 a3'],
      ['the last between', { backwards: true, after: ['a4'], before: ['a9'] }, 'a6 a7 a8'],
      ['none beyond the end', { after: ['a9'] }, ''],
      ['those that meet a condition', { where: gte(account.balance, 7), after: ['a1'] }, 'a2 a3'],
      ['by another column', { by: [account.note] }, 'a9 a8 a7'],
      ['by another column, after', { by: [account.note], after: ['n3'] }, 'a6 a5 a4'],
      ['by a column that several share', { by: [account.owner, account.id] }, 'a1 a4 a7'],
      ['by an expression', { by: [sql`-${account.balance}`, account.id], after: [-8, 'a2'] }, 'a3 a4 a5'],
      [
        'by a column that several share, between',
        { by: [account.owner, account.id], after: ['ann', 'a4'], before: ['bob', 'a5'] },
        'a7 a2',
      ],
      [
        'by a column that several share, the last before',
        { by: [account.owner, account.id], before: ['bob', 'a8'], backwards: true },
        'a7 a2 a5',
      ],
      [
        'by an expression that several share, the last',
        { by: [sql`${account.balance} / 5`, account.id], backwards: true },
        'a3 a4 a5',
      ],
      [
        'by another column, the last before',
        { by: [account.note], before: ['n9'], backwards: true },
        'a4 a3 a2',
      ],
    ])('turns pages: %s', async (_, query, expected) => {
      const read = await filled(open);
      expect(ids(await read.page(account, { limit: 3, ...query }))).toBe(expected);
    });

    test.each<[string, Partial<PageQuery<AnyColumn>>, Record<string, string>]>([
      ['forwards', {}, { eve: 'a3 a6', nobody: '', ann: 'a1 a4' }],
      ['backwards', { backwards: true }, { eve: 'a6 a9', nobody: '', ann: 'a4 a7' }],
      ['within bounds', { after: ['a1'], before: ['a8'] }, { eve: 'a3 a6', nobody: '', ann: 'a4 a7' }],
      [
        'by another column',
        { by: [account.note], after: ['n1'] },
        { eve: 'a6 a3', nobody: '', ann: 'a7 a4' },
      ],
      [
        'by several columns',
        { by: [account.owner, account.note], backwards: true },
        { eve: 'a6 a3', nobody: '', ann: 'a4 a1' },
      ],
      ['where', { where: gte(account.balance, 5) }, { eve: 'a3', nobody: '', ann: 'a1 a4' }],
    ])('turns the pages of several values at once: %s', async (_, query, expected) => {
      const read = await filled(open);
      const pages = await read.pages(account, account.owner, Object.keys(expected), { limit: 2, ...query });
      expect(Object.fromEntries([...pages].map(([owner, rows]) => [owner, ids(rows)]))).toEqual(expected);
    });

    test('turns the pages of one value, of one that is named twice, and of a hundred', async () => {
      const read = await filled(open);
      const pages = (values: readonly string[]) => read.pages(account, account.owner, values, { limit: 9 });
      expect([...(await pages([]))]).toEqual([]);
      expect(ids((await pages(['bob'])).get('bob'))).toBe('a2 a5 a8');
      const twice = await pages(['bob', 'ann', 'bob']);
      expect([...twice].map(([, rows]) => ids(rows))).toEqual(['a2 a5 a8', 'a1 a4 a7']);
      const many = await pages([...upTo(99).map((number) => `nobody-${number}`), 'eve']);
      expect(many.size).toBe(100);
      expect(many.get('eve')).toEqual([accounts[2], accounts[5], accounts[8]]);
    });

    test('refuses the column of another table', async () => {
      const read = await filled(open);
      await expect(read.pages(account, transfer.accountId, ['a', 'b'], { limit: 1 })).rejects.toThrow();
    });

    test('counts', async () => {
      const read = await filled(open);
      expect(await read.count(account)).toBe(9);
      expect(await read.count(account, gte(account.balance, 7))).toBe(3);
      expect(await read.count(tables.transfer)).toBe(0);
    });

    test('counts up to a maximum', async () => {
      const read = await filled(open);
      expect(await read.count(account, undefined, 4)).toBe(4);
      expect(await read.count(account, gte(account.balance, 7), 4)).toBe(3);
      const counts = await read.counts(account, account.owner, ['ann', 'nobody', 'bob'], undefined, 2);
      expect(Object.fromEntries(counts)).toEqual({ ann: 2, bob: 2 });
      const few = await read.counts(account, account.owner, OWNERS, gte(account.balance, 8), 2);
      expect(Object.fromEntries(few)).toEqual({ ann: 1, bob: 1 });
    });

    test('reads the same for one who may leave, and nothing once it has left', async () => {
      const read = await filled(open);
      const leaving = new AbortController();
      const within = read.within(leaving.signal);
      expect(ids(await within.page(account, { limit: 2 }))).toBe('a1 a2');
      const reason = new Error('it has left');
      leaving.abort(reason);
      const all = within.pages(account, account.owner, OWNERS, { limit: 1 });
      await expect(all).rejects.toBe(reason);
      await expect(within.count(account)).rejects.toBe(reason);
      expect(await read.count(account)).toBe(9);
    });

    test('counts for several values at once; what has none is left out', async () => {
      const read = await filled(open);
      const counts = (values: readonly string[], where?: PageQuery['where']) =>
        read.counts(account, account.owner, values, where);
      expect(Object.fromEntries(await counts(['ann', 'nobody']))).toEqual({ ann: 3 });
      expect(Object.fromEntries(await counts(OWNERS, gte(account.balance, 8)))).toEqual({ ann: 1, bob: 1 });
      expect((await counts([])).size).toBe(0);
    });
  });
}
