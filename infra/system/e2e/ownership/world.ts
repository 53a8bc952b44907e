import type { Service } from '@airline/schema/events';
import type { Caller } from '@airline/service';
import { present } from '@airline/testing';
import { type Booked, type Customer, reservationIds, type Values } from '@airline/testing/ownership';
import fc from 'fast-check';
import { fixtureOf } from './fixtures.ts';

export {
  AT,
  type Customer,
  customers,
  flightIds,
  markOf,
  reservationIds,
  type Values,
} from '@airline/testing/ownership';

export const customer = (subject: Customer): Caller => ({ subject, roles: ['customer'], scopes: [] });
export const callers = {
  kim: customer('kim'),
  lee: customer('lee'),
  new: customer('new'),
  staff: { subject: 'clerk', roles: ['staff'], scopes: [] },
  operator: { subject: 'op', roles: ['operator'], scopes: [] },
  both: { subject: 'kim', roles: ['customer', 'operator'], scopes: [] },
  anonymous: { subject: undefined, roles: [], scopes: [] },
} as const satisfies Readonly<Record<string, Caller>>;
export type Who = keyof typeof callers;

export type World = readonly Omit<Booked, 'id' | 'index'>[];

/** Reservations of some customers, each with what the other services have of it. */
export const anyWorld: fc.Arbitrary<World> = fc.array(
  fc.record({
    owner: fc.constantFrom<Customer>('kim', 'lee'),
    status: fc.constantFrom('PENDING', 'SUCCEED', 'CANCELED'),
    payment: fc.constantFrom('PAID', 'DECLINED', 'REFUNDED', 'VOID', undefined),
    key: fc.boolean(),
    // A payment alone does not say whose it is: until another step arrives, customers do not see it.
    steps: fc
      .subarray<Booked['steps'][number]>(['ReservationPlaced', 'Paid', 'ReservationCanceled'])
      .filter((steps) => steps.length === 0 || steps.some((step) => step !== 'Paid')),
  }),
  { minLength: 4, maxLength: reservationIds.length - 1 },
);

/** Values of arguments that it alone has. */
export const ownValues = (name: Service): Values => fixtureOf(name).values ?? {};

/** What a subgraph has of a world, or why a table has nothing: of all, or of one customer alone, where there are no strangers. */
export function tablesOf(name: Service, world: World, only?: Customer) {
  const booked = world.map((each, index) => ({
    ...each,
    id: present(reservationIds[index], `id ${index}`),
    index,
  }));
  const own = booked.filter(({ owner }) => only === undefined || owner === only);
  return Object.entries(fixtureOf(name).rowsOf(own));
}

/** The rows of a subgraph by their tables. */
export const rowsOf = (name: Service, world: World, only?: Customer) =>
  Object.fromEntries(
    tablesOf(name, world, only).flatMap(([table, rows]) => (typeof rows === 'string' ? [] : [[table, rows]])),
  );

/** What a subgraph says becomes of what is a customer's. */
export const personalDataOf = (name: Service) => fixtureOf(name).personalData;
