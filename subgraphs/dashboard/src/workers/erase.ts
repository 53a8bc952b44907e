import type { Store } from '@airline/database';
import { eq } from 'drizzle-orm';
import { erase, withoutCustomer } from '../domain/erase.ts';
import type { DashboardState, Erasure } from '../domain/model.ts';
import { step } from '../store/tables.ts';

/** Steps of one page. */
const BATCH = 100;

export interface Erased extends Erasure {
  /** Steps of histories that said whose they were. */
  readonly steps: number;
}

/**
 * Erases a customer, and then takes the id out of the histories of the customer's reservations. It may be called again at any
 * time, also after a crash in between; the steps that come meanwhile have no id.
 */
export async function eraseCustomer(store: Store<DashboardState>, asked: Erasure): Promise<Erased> {
  const { customerId } = asked;
  const erasure = await store.transact({
    keys: { info: customerId, erasure: customerId },
    decide: (known) => erase(known, asked),
  });
  let steps = 0;
  for (;;) {
    const found = await store.read.page(step, { where: eq(step.customerId, customerId), limit: BATCH });
    await Promise.all(
      found.map(({ id }) =>
        store.transact({
          keys: { step: id },
          decide: ({ step: known }) => ({
            ...(known && { write: { step: withoutCustomer(known) } }),
            result: undefined,
          }),
        }),
      ),
    );
    steps += found.length;
    if (found.length < BATCH) return { ...erasure, steps };
  }
}
