import { anonymous, type Caller } from '@airline/service';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { info } from '../dashboard.fixture.ts';
import { subgraph } from '../main.ts';

const now = () => new Date('2024-11-21T10:01:30.000Z');
const QUERY = `query ($minutes: Int) {
  statistics(minutes: $minutes) {
    placed pending succeeded canceled customers
    minutes { at placed succeeded canceled }
    outcomes { status cancelReason count }
    latency { count p50Ms p95Ms p99Ms buckets { upToMs count } }
  }
}`;
const rows = {
  info: [info(1, '2024-11-23', 0, 1), { ...info(0, null, 0, 1), customerId: 'erased' }],
  totals: [{ id: 'all', placed: 5, succeeded: 2, canceled: 1 }],
  tally: [
    { id: '2024-11-21T09:59 PLACED', count: 100 },
    { id: '2024-11-21T10:00 PLACED', count: 5 },
    { id: '2024-11-21T10:01 SUCCEED', count: 2 },
    { id: '2024-11-21T10:01 SEATS_SOLD_OUT', count: 1 },
    { id: '2024-11-21T10:02 PLACED', count: 100 },
  ],
  latency: [
    { id: '2024-11-21T09:59 3', count: 100 },
    { id: '2024-11-21T10:01 3', count: 2 },
    { id: '2024-11-21T10:01 16', count: 1 },
  ],
};
const staff: Caller = { subject: 'clerk', roles: ['staff'], scopes: [] };

test('are of all reservations and of the minutes asked for, in which nothing may have happened', async () => {
  const { as } = await serve(subgraph, { rows, now });
  const { data, errors } = await as(staff).ask<{ statistics: { latency: { buckets: object[] } } }>(QUERY, {
    minutes: 2,
  });
  expect(errors).toBeUndefined();
  expect(data?.statistics).toMatchObject({
    placed: 5,
    pending: 2,
    succeeded: 2,
    canceled: 1,
    customers: 1,
    minutes: [
      { at: '2024-11-21T10:00:00.000Z', placed: 5, succeeded: 0, canceled: 0 },
      { at: '2024-11-21T10:01:00.000Z', placed: 0, succeeded: 2, canceled: 1 },
    ],
    outcomes: [
      { status: 'SUCCEED', cancelReason: null, count: 2 },
      { status: 'CANCELED', cancelReason: 'SEATS_SOLD_OUT', count: 1 },
    ],
    latency: { count: 3, p50Ms: 9, p95Ms: 300_000, p99Ms: 300_000 },
  });
  expect(data?.statistics.latency.buckets).toHaveLength(17);
  expect(data?.statistics.latency.buckets.at(-1)).toEqual({ upToMs: null, count: 1 });
});

test.each([
  [undefined, 30],
  [null, 30],
  [180, 180],
])('of %s minutes have %i', async (minutes, count) => {
  const { as } = await serve(subgraph, { now });
  const { data } = await as(staff).ask<{ statistics: { minutes: object[] } }>(QUERY, { minutes });
  expect(data?.statistics.minutes).toHaveLength(count);
});

test.each([0, -1, 181])('are refused for %i minutes', async (minutes) => {
  const { as } = await serve(subgraph, { now });
  expect((await as(staff).ask(QUERY, { minutes })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', field: 'minutes' } },
  ]);
});

test('are for staff and operators', async () => {
  const { as } = await serve(subgraph, { now });
  const codes = async (caller: Caller) =>
    (await as(caller).ask('{ statistics { placed } }')).errors?.map(({ extensions }) => extensions?.code);
  expect(await codes(anonymous)).toEqual(['UNAUTHENTICATED']);
  expect(await codes({ subject: 'c1', roles: ['customer'], scopes: [] })).toEqual(['FORBIDDEN']);
  expect(await codes({ subject: 'olga', roles: ['operator'], scopes: [] })).toBeUndefined();
});
