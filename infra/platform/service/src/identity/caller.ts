/** The roles that the graph knows. A verified caller without any of them is a customer. */
export const roles = ['customer', 'staff', 'operator'] as const;
export type Role = (typeof roles)[number];

/** On whose behalf a request runs, as far as the graph decides by it. */
export interface Caller {
  /**
   * A verified token's `sub`, which is the `customerId` of a customer. Undefined for anonymous callers, and for reads on
   * which it has no bearing, so that callers who may see the same share them.
   */
  readonly subject: string | undefined;
  readonly roles: readonly Role[];
  /** OAuth 2.0 scopes (RFC 6749, section 3.3). */
  readonly scopes: readonly string[];
}

/** Nobody has said who asks: only what is public. */
export const anonymous: Caller = { subject: undefined, roles: [], scopes: [] };

/** The caller of an open system, which asks nobody who they are: may do everything. */
export const everyone: Caller = { subject: undefined, roles, scopes: [] };

/** Whether the data of all customers is theirs to read; otherwise only that of the customer who they are. */
export const readsAll = ({ roles }: Caller): boolean => roles.includes('staff') || roles.includes('operator');

/** No customer has this id. */
const NOBODY = '';

const customerOf = ({ roles, subject }: Caller): string =>
  (roles.includes('customer') ? subject : undefined) ?? NOBODY;

/** The only customer whose data they may read; undefined for those who read that of all. */
export const readableCustomer = (caller: Caller): string | undefined =>
  readsAll(caller) ? undefined : customerOf(caller);

/** The only customer for whom they may act; undefined for staff, who act for all. */
export const actingCustomer = (caller: Caller): string | undefined =>
  caller.roles.includes('staff') ? undefined : customerOf(caller);

/** Whether they may read what belongs to a customer; undefined: nobody knows yet to whom. */
export const mayRead = (caller: Caller, customerId: string | undefined): boolean =>
  [undefined, customerId].includes(readableCustomer(caller));

/** The caller as what a read returns depends on it: the same for all who may see the same. */
export const forReads = (caller: Caller): Caller =>
  readsAll(caller) ? { ...caller, subject: undefined } : caller;

/** A caller as JSON, the same text for the same caller. */
export const callerText = ({ subject, roles, scopes }: Caller): string =>
  JSON.stringify({ subject, roles, scopes });
