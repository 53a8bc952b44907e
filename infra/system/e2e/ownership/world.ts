import type { Caller } from '@airline/service';
import fc from 'fast-check';

/** Two customers have data; the third has none, and nobody knows the last id. */
export const customers = ['kim', 'lee', 'new'] as const;
export type Customer = (typeof customers)[number];

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

export const AT = '2024-11-21T10:00:00.000Z';
const MOST = 8;

/** What of a customer's rows is theirs alone and is no id: it is in no response to a stranger. */
export const markOf = (owner: Customer): string => `«${owner}»`;

interface Booked {
  readonly owner: Customer;
  readonly status: 'PENDING' | 'SUCCEED' | 'CANCELED';
  readonly payment: 'PAID' | 'DECLINED' | 'REFUNDED' | 'VOID' | undefined;
  readonly key: boolean;
  /** What of its history has arrived. */
  readonly steps: readonly ('ReservationPlaced' | 'Paid' | 'ReservationCanceled')[];
}

export type World = readonly Booked[];

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
export const flightIds = ['f1', 'f2', ...customers.map((owner) => `f${markOf(owner)}`)];

/** The rows of all, or of one customer alone: a world in which there are no strangers. */
export function rowsOf(world: World, only?: Customer) {
  const all = world.map((booked, index) => ({ ...booked, id: idOf(index), index }));
  const own = all.filter(({ owner }) => only === undefined || owner === only);
  const ownerRank = { kim: 1, lee: 2, new: 3 };
  return {
    reservation: {
      reservation: own.map(({ id, owner, status, index }) => ({
        id,
        customerId: owner,
        flightId: `f${markOf(owner)}`,
        seatQty: ownerRank[owner] * 100 + index,
        reserveDate: '2024-11-21',
        status,
        cancelReason: status === 'CANCELED' ? ('CUSTOMER' as const) : null,
        placedAt: AT,
        updatedAt: AT,
      })),
      idempotencyRecord: own
        .filter(({ key }) => key)
        .map(({ id, owner }) => ({
          id: JSON.stringify([owner, `key ${id}`]),
          reservationId: id,
          request: JSON.stringify(['f1', 1, null]),
        })),
    },
    // Everybody may see them.
    flight: {
      flight: flightIds.slice(1).map((id) => ({
        id,
        flightCode: 'ACE890',
        takeoffDate: '2025-12-25',
        cost: 7,
        currency: 'KRW',
        capacity: 500,
        remainingSeatsCount: 300,
      })),
    },
    payment: {
      payment: own.flatMap(({ id, owner, payment, index }) =>
        payment === undefined
          ? []
          : [
              {
                reservationId: id,
                id,
                customerId: owner,
                cost: ownerRank[owner] * 1000 + index,
                currency: 'KRW',
                status: payment,
                canceled: 0,
                paidAt: AT,
                openCharges: 0,
                refundedAt: null,
                updatedAt: AT,
              },
            ],
      ),
    },
    dashboard: {
      info: customers
        .filter((owner) => own.some((each) => each.owner === owner))
        .map((owner) => ({
          customerId: owner,
          flightCount: ownerRank[owner] * 100 + own.filter((each) => each.owner === owner).length,
          recentReserveDate: '2024-11-21',
          canceledCount: ownerRank[owner],
          updatedAt: AT,
        })),
      step: own.flatMap(({ id, owner, steps }) =>
        steps.map((event) => ({
          id: `${event}/${id}`,
          reservationId: id,
          event,
          service: event === 'Paid' ? ('payment' as const) : ('reservation' as const),
          at: AT,
          detail: `seats of ${markOf(owner)}`,
          seatQty: ownerRank[owner] * 100,
          amount: ownerRank[owner] * 1000,
          currency: 'KRW',
          reason: `reason of ${markOf(owner)}`,
          traceId: `trace of ${markOf(owner)}`,
          customerId: event === 'Paid' ? null : owner,
          reserveDate: null,
          statistics: 'DONE' as const,
        })),
      ),
    },
  };
}
