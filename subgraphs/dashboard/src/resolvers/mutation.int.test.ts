import { serve } from '@airline/testing';
import { expect, test } from 'vitest';
import { at, info } from '../dashboard.fixture.ts';
import { subgraph } from '../main.ts';

const BEYOND = `mutation ($reservations: [ReservationToCount!]!) {
  countBeyondLog(reservations: $reservations) { logStart customers { customerId flightCount } }
}`;
const RECOUNT = `mutation ($customers: [CustomerCountsInput!]!) {
  recountCustomers(customers: $customers, logStart: "1")
}`;

test.each([
  ['countBeyondLog', BEYOND, { reservations: [] }],
  ['recountCustomers', RECOUNT, { customers: [] }],
])('%s is for operators', async (_name, query, variables) => {
  const { ask } = await serve(subgraph);
  expect((await ask(query, variables)).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('nobody is told of a row that a recount has zeroed', async () => {
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
