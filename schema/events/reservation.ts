import { z } from 'zod';
import { date, event, id, seats } from './event.ts';

export const cancelReasons = [
  'SEATS_SOLD_OUT',
  'FLIGHT_NOT_FOUND',
  'FLIGHT_DEPARTED',
  'PAYMENT_DECLINED',
  'CUSTOMER',
  'EXPIRED',
] as const;

/** What the reservation service publishes. */
export const reservationEvents = {
  ReservationPlaced: event(1, 'reservationId', {
    reservationId: id,
    customerId: id,
    flightId: id,
    seatQty: seats,
    reserveDate: date,
  }),
  ReservationSucceeded: event(1, 'reservationId', { reservationId: id, customerId: id, flightId: id }),
  ReservationCanceled: event(1, 'reservationId', {
    reservationId: id,
    customerId: id,
    flightId: id,
    seatQty: seats,
    reason: z.enum(cancelReasons),
  }),
};
