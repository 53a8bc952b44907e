import { expect } from 'vitest';
import type { Subject } from './subject.contract.ts';

/** A charge and a refund that have failed, and each again: one request for each, or none for the second of what is done already. */
export async function expectAttempts({ books, attempts }: Subject, isDone: boolean): Promise<void> {
  if (books === 'none') return;
  const made = await attempts();
  expect(made, '`attempts` lacks requests').toBeGreaterThanOrEqual(isDone ? 2 : 4);
  expect(made, 'requests of four calls: the service makes a call again, not the adapter').toBeLessThan(5);
}
