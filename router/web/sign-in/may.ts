import type { Standing } from './standing.ts';
import type { Role } from './who.ts';

/** What a page offers. What someone may do is decided by the graph, whatever a page offers. */
export interface May {
  /** Bookings: those of all customers, their own, or none. */
  readonly readBookings: 'all' | 'own' | 'none';
  readonly readCustomers: boolean;
  /** For whom they book and cancel. */
  readonly book: 'all' | 'own' | 'none';
  readonly registerFlights: boolean;
  /** The operators' page. */
  readonly operate: boolean;
}

const everything: May = {
  readBookings: 'all',
  readCustomers: true,
  book: 'all',
  registerFlights: true,
  operate: true,
};
const nothing: May = {
  readBookings: 'none',
  readCustomers: false,
  book: 'none',
  registerFlights: false,
  operate: false,
};
const byRole: Readonly<Record<Role, May>> = {
  customer: { ...nothing, readBookings: 'own', book: 'own' },
  operator: { ...nothing, readBookings: 'all', readCustomers: true, operate: true },
  staff: { ...everything, operate: false },
};

/** Of several roles, all that any of them may. */
export function mayOf(standing: Standing): May {
  if (standing.state === 'open') return everything;
  if (standing.state === 'anonymous') return nothing;
  return standing.who.roles.map((role) => byRole[role]).reduce(either, nothing);
}

const most = { none: 0, own: 1, all: 2 };
const wider = (one: keyof typeof most, other: keyof typeof most) => (most[one] > most[other] ? one : other);

const either = (one: May, other: May): May => ({
  readBookings: wider(one.readBookings, other.readBookings),
  readCustomers: one.readCustomers || other.readCustomers,
  book: wider(one.book, other.book),
  registerFlights: one.registerFlights || other.registerFlights,
  operate: one.operate || other.operate,
});
