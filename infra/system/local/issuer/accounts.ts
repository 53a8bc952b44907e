import type { Role } from '@airline/service/server';

/** Somebody who can sign in at the issuer for trying. */
export interface Account {
  /** The `sub` of their tokens; of a customer, the `customerId` of their reservations. */
  readonly name: string;
  readonly role: Role;
  /** For people. */
  readonly may: string;
}

const customer = (name: string): Account => ({
  name,
  role: 'customer',
  may: 'books flights, and sees and cancels their own bookings',
});

/** One for each role. */
export const accounts: readonly Account[] = [
  customer('kim'),
  { name: 'clerk', role: 'staff', may: 'registers flights, and books and cancels for all customers' },
  { name: 'operator', role: 'operator', may: 'reads everything, and operates the system' },
];

/** What `accountOf` takes, for people. */
export const NAME_RULE = 'A name has 1 to 40 letters, digits, dots and hyphens.';

/** The account of that name. Any other name that could be a customer's is one, so that there may be several. */
export function accountOf(name: string): Account | undefined {
  const known = accounts.find((account) => account.name === name);
  return known ?? (/^[\w.-]{1,40}$/.test(name) ? customer(name) : undefined);
}
