import type { Reader } from '@airline/database';
import { type Caller, everyone } from '@airline/service';
import { queryPlans } from '@airline/testing/query-plans';
import { expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { abandonedPayments } from './abandoned-payments.ts';
import { createPaymentRepository } from './repository.ts';

// A statement that holds up all others visits rows of an index, not the table.

const planned = async (read: (reader: Reader) => Promise<unknown>) =>
  (await queryPlans(subgraph, /payment/, read)).flat();

const page =
  (filter: object, caller: Caller = everyone) =>
  (read: Reader) =>
    createPaymentRepository(read, caller).page({ first: 20, filter });

test('pages and unsettled payments are read by an index', async () => {
  expect(await planned(page({ status: 'PAID' }))).toEqual([
    expect.stringMatching(/INDEX payment_status_id \(status=\?/),
  ]);
  expect(await planned((read) => abandonedPayments(read, '2024', 10))).toEqual([
    expect.stringMatching(/INDEX payment_status_id \(status=\?/),
  ]);
});

test('those of a customer are read by the index of the customer', async () => {
  const kim: Caller = { subject: 'kim', roles: ['customer'], scopes: [] };
  const reads = [page({ customerId: 'c', status: 'PAID' }), page({}, kim), page({ status: 'PAID' }, kim)];
  for (const read of reads)
    expect(await planned(read)).toEqual([
      expect.stringMatching(/INDEX payment_customer_id_id \(customer_id=\?/),
    ]);
});
