import { forbidden } from '../errors/errors.ts';
import { type Caller, readableCustomer } from '../identity/caller.ts';

/**
 * The customer whose changes a subscription follows, by its argument `customerId`; undefined: those of all. Who may read
 * one customer's data follows that customer without naming them.
 * @throws RequestError FORBIDDEN for another's
 */
export function subscribedCustomer(caller: Caller, named: string | null | undefined): string | undefined {
  const only = readableCustomer(caller);
  if (only === undefined) return named ?? undefined;
  if (named != null && named !== only)
    throw forbidden('customerId', 'Subscriptions follow only what is one’s own.');
  return only;
}
