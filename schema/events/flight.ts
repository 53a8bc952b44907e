import { z } from 'zod';
import { currency, date, event, id, money, seatCount, seats } from './event.ts';

const flight = {
  flightId: id,
  flightCode: z.string(),
  takeoffDate: date,
  cost: money,
  currency,
  capacity: seatCount,
};

/** What the flight service publishes. `cost` is the price of one seat. */
export const flightEvents = {
  FlightRegistered: event(1, 'flightId', flight),
  FlightUpdated: event(1, 'flightId', { ...flight, remainingSeatsCount: seatCount }),
  RemainingSeatsDecreased: event(1, 'flightId', {
    flightId: id,
    reservationId: id,
    customerId: id,
    seatQty: seats,
    cost: money,
    currency,
    remainingSeatsCount: seatCount,
  }),
  RemainingSeatsIncreased: event(1, 'flightId', {
    flightId: id,
    reservationId: id,
    seatQty: seats,
    remainingSeatsCount: seatCount,
  }),
  SeatsSoldOut: event(1, 'flightId', {
    flightId: id,
    reservationId: id,
    seatQty: seats,
    reason: z.enum(['SEATS_SOLD_OUT', 'FLIGHT_NOT_FOUND', 'FLIGHT_DEPARTED']),
  }),
};
