import { happened, scenarios } from '@airline/testing/scenario';
import type { CustomerInfo, DashboardState } from './domain/model.ts';
import { whenReservationCanceled } from './policies/when-reservation-canceled.ts';
import { whenReservationPlaced } from './policies/when-reservation-placed.ts';
import { tables } from './store/tables.ts';

export const { given } = scenarios<DashboardState>(tables);

/** The instant `second` seconds after ten o'clock. */
export const at = (second: number) => `2024-11-21T10:00:0${second}.000Z`;

const reservation = (reservationId: string) => ({
  reservationId,
  customerId: 'c1',
  flightId: 'f1',
  seatQty: 3,
});

export const placed = (reservationId: string, reserveDate: string, second: number) =>
  whenReservationPlaced(
    happened('ReservationPlaced', { ...reservation(reservationId), reserveDate }, { time: at(second) }),
  );

export const canceled = (reservationId: string, second: number) =>
  whenReservationCanceled(
    happened(
      'ReservationCanceled',
      { ...reservation(reservationId), reason: 'CUSTOMER' },
      { time: at(second) },
    ),
  );

/** A step of an event that has no seats, no amount and no reason, and whose request was not traced. */
export const noFacts = { seatQty: null, amount: null, currency: null, reason: null, traceId: null };

/** What the read model says of the customer `c1`. */
export const info = (
  flightCount: number,
  recentReserveDate: string | null,
  canceledCount: number,
  second: number,
): CustomerInfo => ({
  customerId: 'c1',
  flightCount,
  recentReserveDate,
  canceledCount,
  updatedAt: at(second),
});

/** Every order of the items. */
export function orders<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) => orders(items.toSpliced(index, 1)).map((rest) => [item, ...rest]));
}
