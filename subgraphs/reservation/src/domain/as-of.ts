import type { PublishedEvent } from '@airline/schema/events';
import type { Reservation, ReservationStatus } from './model.ts';

type ReservationEvent = PublishedEvent<'ReservationPlaced' | 'ReservationSucceeded' | 'ReservationCanceled'>;

const statusAfter: Readonly<Record<ReservationEvent['type'], ReservationStatus>> = {
  ReservationPlaced: 'PENDING',
  ReservationSucceeded: 'SUCCEED',
  ReservationCanceled: 'CANCELED',
};

/** A reservation never goes back to a status of a lower rank. */
const rank: Readonly<Record<ReservationStatus, number>> = { PENDING: 0, SUCCEED: 1, CANCELED: 2 };

/** Whether an event is newer than a state of its reservation. */
export const isAfter = ({ type }: ReservationEvent, { status }: Reservation): boolean =>
  rank[statusAfter[type]] > rank[status];

/** A reservation as of one of its events, regardless of later ones; its other fields never change. */
export function asOf(event: ReservationEvent, now: Reservation): Reservation {
  const status = statusAfter[event.type];
  if (status === now.status) return now;
  return {
    ...now,
    status,
    cancelReason: event.type === 'ReservationCanceled' ? event.data.reason : null,
    updatedAt: event.type === 'ReservationPlaced' ? now.placedAt : event.time,
  };
}
