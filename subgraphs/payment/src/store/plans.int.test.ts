import type { Reader } from '@airline/database';
import { queryPlans } from '@airline/testing/query-plans';
import { expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { abandonedPayments } from './abandoned-payments.ts';
import { createPaymentRepository } from './repository.ts';

// A statement that holds up all others visits rows of an index, not the table.

const planned = async (read: (reader: Reader) => Promise<unknown>) =>
  (await queryPlans(subgraph, /payment/, read)).flat();

const page = (filter: object) => (read: Reader) => createPaymentRepository(read).page({ first: 20, filter });

test('pages and unsettled payments are read by an index', async () => {
  expect(await planned(page({ status: 'PAID' }))).toEqual([
    expect.stringMatching(/INDEX payment_status_id \(status=\?/),
  ]);
  expect(await planned(page({ customerId: 'c', status: 'PAID' }))).toEqual([
    expect.stringMatching(/INDEX payment_\w+_id \(\w+=\?/),
  ]);
  expect(await planned((read) => abandonedPayments(read, '2024', 10))).toEqual([
    expect.stringMatching(/INDEX payment_status_id \(status=\?/),
  ]);
});
