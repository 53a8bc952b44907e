import type { Policy } from '@airline/messaging';
import type { FlightState } from '../domain/model.ts';
import { releaseSeats } from '../domain/release-seats.ts';

export const whenReservationCanceled: Policy<FlightState, 'ReservationCanceled'> = ({ data }) => ({
  keys: { flight: data.flightId, hold: data.reservationId },
  decide: (known) => releaseSeats(known, data),
});
