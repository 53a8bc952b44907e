import type { Context } from '../context.ts';
import { referenceOf } from '../domain/reference.ts';
import type { CustomerResolvers, FlightResolvers, ReservationResolvers } from '../generated/resolvers.ts';

export const Reservation = {
  __resolveReference: ({ id }, { reservations }) => reservations.byId(id),
  reference: ({ id }) => referenceOf(id),
  // Only the flight service knows whether a flight exists; the reason is its result.
  flight: ({ flightId, cancelReason }) => (cancelReason === 'FLIGHT_NOT_FOUND' ? null : { id: flightId }),
  customer: ({ customerId }) => ({ id: customerId }),
} satisfies ReservationResolvers<Context>;

export const Flight = {
  __resolveReference: ({ id }) => ({ id }),
  reservations: ({ id }, args, { reservations }) => reservations.ofFlight(id, args),
} satisfies FlightResolvers<Context>;

export const Customer = {
  __resolveReference: ({ id }) => ({ id }),
  reservations: ({ id }, args, { reservations }) => reservations.ofCustomer(id, args),
} satisfies CustomerResolvers<Context>;
