import type { EventData } from '@airline/schema/events';
import type { Decision, Known } from './model.ts';

/** Releases the seats of a canceled reservation, once; a cancellation before its placement leaves a tombstone. */
export function releaseSeats({ flight, hold }: Known, canceled: EventData<'ReservationCanceled'>): Decision {
  const { reservationId, flightId } = canceled;
  if (!hold) {
    return { write: { hold: { reservationId, flightId, seatQty: 0, cost: 0, status: 'RELEASED' } } };
  }
  if (hold.status !== 'HELD') return {};
  if (!flight)
    throw new Error(`No such flight ${flightId}, but reservation ${reservationId} holds seats on it.`);
  const { seatQty } = hold;
  const remainingSeatsCount = flight.remainingSeatsCount + seatQty;
  return {
    write: {
      flight: { ...flight, remainingSeatsCount },
      hold: { ...hold, status: 'RELEASED' },
    },
    publish: [
      { type: 'RemainingSeatsIncreased', data: { flightId, reservationId, seatQty, remainingSeatsCount } },
    ],
  };
}
