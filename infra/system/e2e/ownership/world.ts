import type { State } from '@airline/database';
import { type Service, services } from '@airline/schema/events';
import type { Caller } from '@airline/service';
import { present } from '@airline/testing';
import type { Booked, Customer, RowsOfBookings } from '@airline/testing/ownership';
import fc from 'fast-check';

export { AT, type Customer, customers, flightIds, markOf } from '@airline/testing/ownership';

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

const MOST = 8;

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
  { minLength: 4, maxLength: MOST },
);

/** A UUIDv7 of the instant of the placement, `AT`, whose reference is none of a test server's new ids. */
const idOf = (index: number) => `01934e2a-1100-7000-8000-00fffffffff${index}`;
export const reservationIds = Array.from({ length: MOST + 1 }, (_, index) => idOf(index));
export const references = reservationIds.map((_, index) => `ZZZZ-ZZZ${'GHJKMNPQR'[index]}`);

/** Each subgraph says what rows it has of a world. */
const fixtures = new Map(
  await Promise.all(
    services.map(async (name): Promise<[Service, RowsOfBookings<State>]> => {
      const file = new URL(`../../../../subgraphs/${name}/src/ownership.fixture.ts`, import.meta.url);
      const { rowsOf }: { readonly rowsOf: RowsOfBookings<State> } = await import(file.href);
      return [name, rowsOf];
    }),
  ),
);

/** What a subgraph has of a world, or why a table has nothing: of all, or of one customer alone, where there are no strangers. */
export function tablesOf(name: Service, world: World, only?: Customer) {
  const booked = world.map((each, index) => ({ ...each, id: idOf(index), index }));
  const own = booked.filter(({ owner }) => only === undefined || owner === only);
  return Object.entries(present(fixtures.get(name), name)(own));
}

/** The rows of a subgraph by their tables. */
export const rowsOf = (name: Service, world: World, only?: Customer) =>
  Object.fromEntries(
    tablesOf(name, world, only).flatMap(([table, rows]) => (typeof rows === 'string' ? [] : [[table, rows]])),
  );
