import type { Reader } from '@airline/database';
import { type Caller, everyone } from '@airline/service';
import { queryPlans } from '@airline/testing/query-plans';
import { expect, test } from 'vitest';
import type { ReservationFilter } from '../generated/resolvers.ts';
import { subgraph } from '../main.ts';
import { createReservationRepository } from './repository.ts';

// A statement that holds up all others visits rows of an index, not the table.

const planned = (read: (reader: Reader) => Promise<unknown>) => queryPlans(subgraph, /reservation/, read);

const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };
const byCustomer = /INDEX reservation_customer_id_id \(customer_id=\?/;

test.each<[ReservationFilter, RegExp, Caller?]>([
  [{ status: 'PENDING' }, /INDEX reservation_status_id \(status=\?/],
  [{ customerId: 'c' }, byCustomer],
  [{ flightId: 'f' }, /INDEX reservation_flight_id_id \(flight_id=\?/],
  [{ customerId: 'c', status: 'CANCELED' }, byCustomer],
  [{ customerId: 'c', flightId: 'f', status: 'CANCELED' }, byCustomer],
  [{}, byCustomer, kim],
  [{ customerId: 'lee' }, byCustomer, kim],
  [{ flightId: 'f', status: 'CANCELED' }, byCustomer, kim],
])('%j is read and counted by an index, and not sorted', async (filter, index, caller = everyone) => {
  const plans = await planned(async (read) => {
    const page = await createReservationRepository(read, caller).page({ first: 20, filter });
    await page.totalCount();
  });
  expect(plans).toEqual([[expect.stringMatching(index)], [expect.stringMatching(index)]]);
});

test('all are counted in an index, without their rows', async () => {
  const plans = await planned(async (read) => {
    await (await createReservationRepository(read, everyone).page({ first: 20 })).totalCount();
  });
  expect(plans[1]).toEqual([expect.stringMatching(/USING COVERING INDEX/)]);
});
