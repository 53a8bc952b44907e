import type { Caller } from '@airline/service';
import { type PostgresServer, requires, startPostgresServer } from '@airline/testing';
import { type SubgraphClient, serve } from '@airline/testing/serve';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { info } from '../dashboard.fixture.ts';
import { subgraph } from '../main.ts';

const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };

/** Several of each value; `nobody` has an info of zeroes alone, which is none. */
const rows = [
  { ...info(10, '2024-12-25', 0, 3), customerId: 'Kim' },
  { ...info(9, '2024-11-21', 1, 2), customerId: 'k_m' },
  { ...info(10, null, 2, 1), customerId: 'kim' },
  { ...info(9, '2024-11-21', 0, 2), customerId: 'kim2' },
  { ...info(0, null, 1, 3), customerId: 'lee' },
  { ...info(0, null, 0, 0), customerId: 'nobody' },
];

const QUERY = `query ($filter: CustomerInfoFilter, $order: CustomerInfoOrder, $first: Int, $after: String, $last: Int, $before: String) {
  customerInfos(filter: $filter, order: $order, first: $first, after: $after, last: $last, before: $before) {
    nodes { customerId } pageInfo { startCursor endCursor hasNextPage hasPreviousPage } totalCount
  }
}`;

interface Page {
  readonly customerInfos: {
    readonly nodes: readonly { readonly customerId: string }[];
    readonly pageInfo: {
      readonly startCursor: string | null;
      readonly endCursor: string | null;
      readonly hasNextPage: boolean;
      readonly hasPreviousPage: boolean;
    };
    readonly totalCount: number;
  };
}

async function pageOf({ ask }: Pick<SubgraphClient, 'ask'>, variables: Readonly<Record<string, unknown>>) {
  const { data, errors } = await ask<Page>(QUERY, variables);
  expect(errors).toBeUndefined();
  const { nodes = [], pageInfo, totalCount } = data?.customerInfos ?? {};
  return { ids: nodes.map(({ customerId }) => customerId), pageInfo, totalCount };
}

/** All, page by page of one, in the order in which they are read. */
async function readThrough(client: Pick<SubgraphClient, 'ask'>, order: string, backwards: boolean) {
  const read: string[] = [];
  for (let cursor: string | null | undefined = null, more: boolean | undefined = true; more; ) {
    const page = backwards ? { last: 1, before: cursor } : { first: 1, after: cursor };
    const { ids, pageInfo } = await pageOf(client, { order, ...page });
    read.push(...ids);
    cursor = backwards ? pageInfo?.startCursor : pageInfo?.endCursor;
    more = backwards ? pageInfo?.hasPreviousPage : pageInfo?.hasNextPage;
  }
  return read;
}

let postgres: PostgresServer | undefined;
beforeAll(async () => {
  postgres = await startPostgresServer();
});
afterAll(() => postgres?.[Symbol.asyncDispose]());

describe.each(['SQLite', 'PostgreSQL'])('customers on %s', requires('postgres').options, (database) => {
  async function start() {
    const url = database === 'PostgreSQL' ? await postgres?.createDatabase() : undefined;
    return await serve(subgraph, {
      rows: { info: rows },
      env: url === undefined ? {} : { DASHBOARD_DB_URL: url },
    });
  }

  test.each([
    ['CUSTOMER', 'Kim k_m kim kim2 lee'],
    ['FLIGHT_COUNT', 'lee k_m kim2 Kim kim'],
    ['RECENT_RESERVE_DATE', 'kim lee k_m kim2 Kim'],
    ['UPDATED', 'kim k_m kim2 Kim lee'],
  ])('by %s are %s, in both directions', async (order, sorted) => {
    const server = await start();
    const ids = sorted.split(' ');
    expect((await pageOf(server, { order })).ids).toEqual(ids);
    expect(await readThrough(server, order, false)).toEqual(ids);
    expect(await readThrough(server, order, true)).toEqual(ids.toReversed());
  });

  test('are found by what their ids begin with, in any order, and counted', async () => {
    const server = await start();
    const finds = { '': 5, k: 3, kim: 2, kim2: 1, K: 1, k_: 1, 'k%': 0, m: 0, nobody: 0 };
    for (const [customerIdPrefix, count] of Object.entries(finds)) {
      for (const order of ['CUSTOMER', 'UPDATED', null]) {
        const { ids, totalCount } = await pageOf(server, { filter: { customerIdPrefix }, order });
        expect([ids.length, totalCount], customerIdPrefix).toEqual([count, count]);
        expect(ids.every((id) => id.startsWith(customerIdPrefix))).toBe(true);
      }
    }
    expect((await pageOf(server, { filter: { customerIdPrefix: null } })).totalCount).toBe(5);
  });

  test('who are strangers are neither found nor counted by a customer', async () => {
    const client = (await start()).as(kim);
    for (const order of ['CUSTOMER', 'FLIGHT_COUNT', 'RECENT_RESERVE_DATE', 'UPDATED']) {
      expect(await readThrough(client, order, true)).toEqual(['kim']);
      for (const [customerIdPrefix, ids] of Object.entries({ k: ['kim'], kim2: [], lee: [] }))
        expect(await pageOf(client, { filter: { customerIdPrefix }, order })).toMatchObject({
          ids,
          totalCount: ids.length,
        });
    }
  });

  test('by one order have cursors that another refuses', async () => {
    const { ask, as } = await start();
    const { pageInfo } = await pageOf({ ask }, { order: 'UPDATED' });
    for (const each of [{ ask }, as(kim)])
      for (const order of ['RECENT_RESERVE_DATE', 'FLIGHT_COUNT', 'CUSTOMER', null]) {
        const { errors } = await each.ask(QUERY, { order, last: 1, before: pageInfo?.startCursor });
        expect(errors).toMatchObject([
          {
            message: expect.stringContaining('of another order'),
            extensions: { code: 'BAD_USER_INPUT', field: 'before' },
          },
        ]);
      }
  });
});
