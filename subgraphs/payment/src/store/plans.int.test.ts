import { createSqliteStore, openSqlite } from '@airline/database';
import { expect, onTestFinished, test } from 'vitest';
import { subgraph } from '../main.ts';
import { abandonedPayments } from './abandoned-payments.ts';
import { createPaymentRepository } from './repository.ts';
import { tables } from './tables.ts';

// A statement that holds up all others visits rows of an index, not the table.

async function planned(run: (read: ReturnType<typeof start>['store']['read']) => Promise<unknown>) {
  const { store, database, statements } = start();
  await run(store.read);
  return statements.flatMap((text) =>
    text.startsWith('select')
      ? database.client
          .prepare<unknown[], { detail: string }>(`explain query plan ${text}`)
          .all()
          .map(({ detail }) => detail)
          .filter((detail) => /payment/.test(detail))
      : [],
  );
}

function start() {
  const statements: string[] = [];
  const { migrations } = subgraph;
  const database = openSqlite({ file: ':memory:', migrations, onStatement: (text) => statements.push(text) });
  const store = createSqliteStore({ database, tables, encode: () => '', now: () => new Date(0) });
  onTestFinished(() => store.close());
  statements.length = 0;
  return { store, database, statements };
}

const page = (filter: object) => (read: Parameters<typeof createPaymentRepository>[0]) =>
  createPaymentRepository(read).page({ first: 20, filter });

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
