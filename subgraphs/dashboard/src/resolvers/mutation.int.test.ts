import { anonymous, type Caller } from '@airline/service';
import { eachHasAnEffect } from '@airline/testing/effects';
import type { RowsOf } from '@airline/testing/scenario';
import { serve } from '@airline/testing/serve';
import { expect, test } from 'vitest';
import { at, info } from '../dashboard.fixture.ts';
import type { DashboardState } from '../domain/model.ts';
import type {
  CancellationInput,
  EraseCustomerInput,
  MutationRecountCustomerInfosArgs,
  ReservationInput,
} from '../generated/resolvers.ts';
import { subgraph } from '../main.ts';

const REPLAY = 'mutation ($input: [ReservationInput!]!) { replayReservations(input: $input) }';
const RECOUNT =
  'mutation ($after: ID) { recountCustomerInfos(after: $after) { recounted corrected endCustomerId } }';

const ERASE =
  'mutation ($input: EraseCustomerInput!) { eraseCustomer(input: $input) { customerId erasedAt reason steps } }';

/** How an operator calls the dashboard. */
async function serveForOperator(rows: RowsOf<DashboardState> = {}) {
  const served = await serve(subgraph, { rows, now: () => new Date(at(9)) });
  return served.as({ subject: 'olga', roles: ['operator'], scopes: [] }).ask;
}

const reservation = {
  id: 'r1',
  customerId: 'c1',
  flightId: 'f1',
  seatQty: 3,
  reserveDate: '2024-11-23',
  placedAt: at(1),
  canceled: { at: at(2), reason: 'CUSTOMER' },
};

test.each([
  ['replayReservations', REPLAY, { input: [reservation] }],
  ['recountCustomerInfos', RECOUNT, {}],
  ['eraseCustomer', ERASE, { input: { customerId: 'c1', reason: 'asked' } }],
])('%s is for operators', async (_name, query, variables) => {
  const { as } = await serve(subgraph);
  const codes = async (caller: Caller) =>
    (await as(caller).ask(query, variables)).errors?.map(({ extensions }) => extensions?.code);
  expect(await codes(anonymous)).toEqual(['UNAUTHENTICATED']);
  expect(await codes({ subject: 'c1', roles: ['customer'], scopes: [] })).toEqual(['FORBIDDEN']);
  expect(await codes({ subject: 'clerk', roles: ['staff'], scopes: [] })).toEqual(['FORBIDDEN']);
});

test('a rebuild counts what was missing, corrects what was wrong, and writes the history', async () => {
  const askAsOperator = await serveForOperator({ info: [{ ...info(3, null, 1, 1), customerId: 'c0' }] });
  expect(await askAsOperator(REPLAY, { input: [reservation] })).toEqual({ data: { replayReservations: 2 } });
  expect(await askAsOperator(REPLAY, { input: [reservation] })).toEqual({ data: { replayReservations: 0 } });
  expect(await askAsOperator(RECOUNT)).toEqual({
    data: { recountCustomerInfos: { recounted: 2, corrected: 1, endCustomerId: null } },
  });
  const query = `{
    customerInfos { nodes { customerId flightCount canceledCount recentReserveDate updatedAt } }
    _entities(representations: [{ __typename: "Reservation", id: "r1" }]) {
      ... on Reservation { history { event service at detail } }
    }
  }`;
  const service = 'reservation';
  expect(await askAsOperator(query)).toEqual({
    data: {
      customerInfos: { nodes: [{ ...info(1, '2024-11-23', 1, 2) }] },
      _entities: [
        {
          history: [
            { event: 'ReservationPlaced', service, at: at(1), detail: '3 seats on flight f1' },
            { event: 'ReservationCanceled', service, at: at(2), detail: 'CUSTOMER' },
          ],
        },
      ],
    },
  });
});

const replayed = async (change: object) => {
  const askAsOperator = await serveForOperator();
  // How many it counts is no proof that it keeps what it is given.
  expect(await askAsOperator(REPLAY, { input: [{ ...reservation, ...change }] })).not.toHaveProperty(
    'errors',
  );
  return [
    await askAsOperator(`{
      customerInfos { nodes { customerId recentReserveDate } }
      _entities(representations: [{ __typename: "Reservation", id: "r1" }]) { ... on Reservation { history { event at detail } } }
    }`),
  ];
};
eachHasAnEffect<ReservationInput>(
  {
    id: 'r2',
    customerId: 'c2',
    flightId: 'f2',
    seatQty: 4,
    reserveDate: '2024-12-01',
    placedAt: at(0),
    succeededAt: at(2),
    canceled: null,
  },
  replayed,
);
eachHasAnEffect<CancellationInput>({ at: at(5), reason: 'EXPIRED' }, (change) =>
  replayed({ canceled: { ...reservation.canceled, ...change } }),
);
eachHasAnEffect<MutationRecountCustomerInfosArgs>({ after: 'c1' }, async (change) => {
  const c1 = info(3, null, 1, 1);
  const askAsOperator = await serveForOperator({ info: [c1, { ...c1, customerId: 'c2' }] });
  return [
    await askAsOperator(RECOUNT, change),
    await askAsOperator('{ customerInfos { nodes { customerId flightCount } } }'),
  ];
});
eachHasAnEffect<EraseCustomerInput>({ customerId: 'c2', reason: 'asked by letter' }, async (change) => {
  const c1 = info(3, null, 1, 1);
  const askAsOperator = await serveForOperator({ info: [c1, { ...c1, customerId: 'c2' }] });
  return [
    await askAsOperator(ERASE, { input: { customerId: 'c1', reason: 'asked', ...change } }),
    await askAsOperator('{ customerInfos { nodes { customerId } } }'),
  ];
});

test.each([
  ['input.0.id', [{ ...reservation, id: ' ' }]],
  ['input.0.seatQty', [{ ...reservation, seatQty: 0 }]],
  ['input.0.canceled.reason', [{ ...reservation, canceled: { at: at(2), reason: 'BORED' } }]],
  ['input', Array.from({ length: 1001 }, () => reservation)],
])('a replay is refused for %s, and nothing is counted', async (field, input) => {
  const askAsOperator = await serveForOperator();
  expect((await askAsOperator(REPLAY, { input })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', field } },
  ]);
  expect(await askAsOperator('{ customerInfos { totalCount } }')).toEqual({
    data: { customerInfos: { totalCount: 0 } },
  });
});

test('an erasure leaves no info of the customer, and is the same when it is asked for again', async () => {
  const askAsOperator = await serveForOperator({ info: [info(3, '2024-11-23', 1, 1)] });
  await askAsOperator(REPLAY, { input: [reservation] });
  const erase = (reason: string) => askAsOperator(ERASE, { input: { customerId: 'c1', reason } });
  const first = await erase('asked by letter');
  expect(first).toMatchObject({
    data: { eraseCustomer: { customerId: 'c1', reason: 'asked by letter', steps: 2 } },
  });
  expect(
    await askAsOperator('{ customerInfos { totalCount } customerInfo(customerId: "c1") { flightCount } }'),
  ).toEqual({
    data: { customerInfos: { totalCount: 0 }, customerInfo: null },
  });
  const { erasedAt } = Object(Object(first.data).eraseCustomer);
  expect(await erase('again')).toMatchObject({
    data: { eraseCustomer: { erasedAt, reason: 'asked by letter', steps: 0 } },
  });
});

test.each([
  ['input.customerId', { customerId: ' ', reason: 'asked' }],
  ['input.reason', { customerId: 'c1', reason: '  ' }],
  ['input.reason', { customerId: 'c1', reason: 'x'.repeat(501) }],
])('an erasure is refused for %s', async (field, input) => {
  const askAsOperator = await serveForOperator();
  expect((await askAsOperator(ERASE, { input })).errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', field } },
  ]);
});

test('a row that a recount has zeroed is hidden', async () => {
  const zeroed = { ...info(0, null, 0, 1), customerId: 'nobody' };
  const { ask } = await serve(subgraph, { rows: { info: [info(0, null, 1, 1), zeroed] } });
  const query = `{
    customerInfos { totalCount nodes { customerId } }
    customerInfo(customerId: "nobody") { updatedAt }
    customer(id: "c1") { info { updatedAt } }
  }`;
  expect(await ask(query)).toEqual({
    data: {
      customerInfos: { totalCount: 1, nodes: [{ customerId: 'c1' }] },
      customerInfo: null,
      customer: { info: { updatedAt: at(1) } },
    },
  });
});
