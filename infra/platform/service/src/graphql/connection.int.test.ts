import { account, opened, openSample } from '@airline/testing/sample';
import { eq } from 'drizzle-orm';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Connection, createConnections } from './connection.ts';
import type { PageArguments } from './page.ts';

const idOf = (index: number) => `a${String(index).padStart(3, '0')}`;
const OWNERS = ['ann', 'bob', 'cy'];

/** A table of accounts, owned in turn; each call of `request` is a new request. */
async function accounts(count: number) {
  const statements: string[] = [];
  const sample = openSample({ onStatement: (text) => statements.push(text) });
  onTestFinished(() => sample[Symbol.asyncDispose]());
  const { store } = sample;
  // Put in backwards, so that their order is not that of insertion.
  const rows = Array.from({ length: count }, (_, index) =>
    opened(idOf(index), index, OWNERS[index % 3]),
  ).reverse();
  await Promise.all(
    rows.map((row) =>
      store.transact({ keys: {}, decide: () => ({ write: { account: row }, result: undefined }) }),
    ),
  );
  return {
    request: () =>
      createConnections({ read: store.read, table: account, by: account.id, cursorOf: ({ id }) => id }),
    statements: async (meanwhile: () => Promise<unknown>) => {
      statements.length = 0;
      await meanwhile();
      return statements.length;
    },
  };
}

const ids = ({ nodes }: Connection<{ id: string }>) => nodes.map(({ id }) => id);
const cursorAt = (index: number) => Buffer.from(idOf(index)).toString('base64url');
const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => idOf(from + index));

describe('a page of all', () => {
  test.each<[PageArguments, number, number, { previous: boolean; next: boolean }]>([
    [{}, 0, 20, { previous: false, next: true }],
    [{ first: 3 }, 0, 3, { previous: false, next: true }],
    [{ first: 3, after: cursorAt(2) }, 3, 6, { previous: true, next: true }],
    [{ first: 3, after: cursorAt(22) }, 23, 25, { previous: true, next: false }],
    [{ first: 2, after: cursorAt(22) }, 23, 25, { previous: true, next: false }],
    [{ first: 100 }, 0, 25, { previous: false, next: false }],
    [{ first: 25 }, 0, 25, { previous: false, next: false }],
    [{ first: 24 }, 0, 24, { previous: false, next: true }],
    [{ first: 0 }, 0, 0, { previous: false, next: true }],
    [{ last: 3 }, 22, 25, { previous: true, next: false }],
    [{ last: 3, before: cursorAt(22) }, 19, 22, { previous: true, next: true }],
    [{ last: 3, before: cursorAt(2) }, 0, 2, { previous: false, next: true }],
    [{ last: 2, before: cursorAt(2) }, 0, 2, { previous: false, next: true }],
    [{ last: 0 }, 0, 0, { previous: true, next: false }],
    [{ first: 5, after: cursorAt(2), before: cursorAt(5) }, 3, 5, { previous: true, next: false }],
    [{ last: 5, after: cursorAt(2), before: cursorAt(5) }, 3, 5, { previous: false, next: true }],
    [{ first: 5, after: cursorAt(24) }, 0, 0, { previous: true, next: false }],
    [{ last: 5, before: cursorAt(0) }, 0, 0, { previous: false, next: true }],
    // The row of the cursor is gone, or never was: its place is still known.
    [{ first: 1, after: Buffer.from('a0025').toString('base64url') }, 3, 4, { previous: true, next: true }],
  ])('%j', async (args, from, to, { previous, next }) => {
    const { request } = await accounts(25);
    const page = await request().all(args);
    expect(ids(page)).toEqual(range(from, to));
    expect(page.edges().map(({ cursor, node }) => [cursor, node.id])).toEqual(
      range(from, to).map((id, index) => [cursorAt(from + index), id]),
    );
    expect(page.pageInfo).toEqual({
      hasPreviousPage: previous,
      hasNextPage: next,
      startCursor: to > from ? cursorAt(from) : null,
      endCursor: to > from ? cursorAt(to - 1) : null,
    });
  });

  test('of nothing is empty', async () => {
    const { request } = await accounts(0);
    const page = await request().all({});
    const pageInfo = { hasPreviousPage: false, hasNextPage: false, startCursor: null, endCursor: null };
    expect(page).toMatchObject({ nodes: [], pageInfo });
    expect(page.edges()).toEqual([]);
    expect(await page.totalCount()).toBe(0);
  });

  test.each([1, 2, 7, 24, 25, 100])(
    'paging by %i, forward and backward, returns each row once',
    async (size) => {
      const { request } = await accounts(25);
      const forward: string[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const page: Connection<{ id: string }> = await request().all({ first: size, after });
        forward.push(...ids(page));
        ({ hasNextPage: more, endCursor: after } = page.pageInfo);
      }
      expect(forward).toEqual(range(0, 25));

      const backward: string[] = [];
      for (let before: string | null = null, more = true; more; ) {
        const page: Connection<{ id: string }> = await request().all({ last: size, before });
        backward.unshift(...ids(page));
        ({ hasPreviousPage: more, startCursor: before } = page.pageInfo);
      }
      expect(backward).toEqual(range(0, 25));
    },
  );

  test('is of the rows that match, as is its count, which is taken only when selected', async () => {
    const { request, statements } = await accounts(25);
    const ofBob = eq(account.owner, 'bob');
    let page: Connection<{ id: string }> | undefined;
    expect(
      await statements(async () => {
        page = await request().all({ first: 2 }, ofBob);
      }),
    ).toBe(1);
    expect(page && ids(page)).toEqual([idOf(1), idOf(4)]);
    expect(await statements(async () => expect(await page?.totalCount()).toBe(8))).toBe(1);
  });

  test('is refused for invalid arguments, before anything is read', async () => {
    const { request, statements } = await accounts(1);
    expect(await statements(() => expect(request().all({ first: 101 })).rejects.toThrow('0 to 100'))).toBe(0);
  });
});

describe('pages of many parents', () => {
  const all = (connections: ReturnType<typeof createConnections<typeof account>>, args: PageArguments) =>
    Promise.all([...OWNERS, 'nobody'].map((owner) => connections.of(account.owner, owner, args)));

  test.each<[PageArguments, string[][], boolean[]]>([
    [{ first: 2 }, [['a000', 'a003'], ['a001', 'a004'], ['a002', 'a005'], []], [true, true, true, false]],
    [{ last: 2 }, [['a006', 'a009'], ['a004', 'a007'], ['a005', 'a008'], []], [false, false, false, false]],
    [
      { first: 9, after: cursorAt(5) },
      [['a006', 'a009'], ['a007'], ['a008'], []],
      [false, false, false, false],
    ],
    [
      { first: 3 },
      [['a000', 'a003', 'a006'], ['a001', 'a004', 'a007'], ['a002', 'a005', 'a008'], []],
      [true, false, false, false],
    ],
    [{ first: 0 }, [[], [], [], []], [true, true, true, false]],
  ])('%j: to each its own, in one statement', async (args, expected, next) => {
    const { request, statements } = await accounts(10);
    let pages: Connection<{ id: string }>[] = [];
    expect(
      await statements(async () => {
        pages = await all(request(), args);
      }),
    ).toBe(1);
    expect(pages.map(ids)).toEqual(expected);
    expect(pages.map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual(next);
  });

  test('are counted in one statement, and only when that is selected', async () => {
    const { request, statements } = await accounts(10);
    const pages = await all(request(), { first: 1 });
    const counting = async () => {
      expect(await Promise.all(pages.map(({ totalCount }) => totalCount()))).toEqual([4, 3, 3, 0]);
    };
    expect(await statements(counting)).toBe(1);
  });

  test('of more than a hundred parents take a statement per hundred', async () => {
    const { request, statements } = await accounts(250);
    const connections = request();
    const parents = range(0, 250);
    let pages: Connection<{ id: string }>[] = [];
    const asking = async () => {
      pages = await Promise.all(parents.map((id) => connections.of(account.id, id, { first: 1 })));
    };
    expect(await statements(asking)).toBe(3);
    expect(pages.map(ids)).toEqual(parents.map((id) => [id]));
  });

  test('with other arguments, and of other columns, are kept apart', async () => {
    const { request } = await accounts(10);
    const connections = request();
    const [two, one, rich, own] = await Promise.all([
      connections.of(account.owner, 'ann', { first: 2 }),
      connections.of(account.owner, 'ann', { first: 1 }),
      connections.of(
        account.owner,
        'ann',
        { first: 2, ...{ filter: { balance: 9 } } },
        eq(account.balance, 9),
      ),
      connections.of(account.id, 'ann', { first: 2 }),
    ]);
    expect([two, one, rich, own].map(ids)).toEqual([['a000', 'a003'], ['a000'], ['a009'], []]);
    expect(await rich.totalCount()).toBe(1);
    expect(await two.totalCount()).toBe(4);
  });
});
