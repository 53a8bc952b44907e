import type { Policy } from '@airline/messaging';
import { holdSeats } from '../domain/hold-seats.ts';
import type { FlightState } from '../domain/model.ts';

export const whenReservationPlaced: Policy<FlightState, 'ReservationPlaced'> = ({ data }) => ({
  keys: { flight: data.flightId, hold: data.reservationId },
  decide: (known) => holdSeats(known, data),
});
