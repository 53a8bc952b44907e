import type { CustomerInfo } from './model.ts';

export type Counts = Pick<CustomerInfo, 'flightCount' | 'recentReserveDate' | 'canceledCount'>;

/** One thing that a customer's info counts. */
export interface Countable {
  readonly type: 'ReservationPlaced' | 'ReservationCanceled';
  readonly reservationId: string;
  readonly customerId: string;
  /** `YYYY-MM-DD`, of a placement. */
  readonly reserveDate: string | null;
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** A reservation as the reservation service tells of it; times are RFC 3339 in UTC. */
export interface ToldReservation {
  readonly id: string;
  readonly customerId: string;
  /** `YYYY-MM-DD`. */
  readonly reserveDate: string;
  readonly placedAt: string;
  readonly canceledAt: string | null;
}

export const none: Counts = { flightCount: 0, recentReserveDate: null, canceledCount: 0 };

/** What a reservation adds to its customer's info: its placement and, if there was one, its cancellation. */
export function countablesOf({ id, customerId, reserveDate, placedAt, canceledAt }: ToldReservation) {
  const of = { reservationId: id, customerId };
  const placed: Countable = { ...of, type: 'ReservationPlaced', reserveDate, at: placedAt };
  const canceled: Countable[] =
    canceledAt === null ? [] : [{ ...of, type: 'ReservationCanceled', reserveDate: null, at: canceledAt }];
  return [placed, ...canceled];
}

export const plus = (one: Counts, other: Counts): Counts => ({
  flightCount: one.flightCount + other.flightCount,
  recentReserveDate: latest(one.recentReserveDate, other.recentReserveDate),
  canceledCount: one.canceledCount + other.canceledCount,
});

export function countAll(countables: readonly Countable[], before: Counts = none): Counts {
  return countables.reduce((counts, { type, reserveDate }) => {
    const isPlaced = type === 'ReservationPlaced';
    return plus(counts, {
      flightCount: isPlaced ? 1 : 0,
      recentReserveDate: reserveDate,
      canceledCount: isPlaced ? 0 : 1,
    });
  }, before);
}

/** The name of a countable thing, which happens once. */
export const nameOf = ({ type, reservationId }: Pick<Countable, 'type' | 'reservationId'>): string =>
  `${type}/${reservationId}`;

function latest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
