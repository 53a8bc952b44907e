import type { Context } from '../context.ts';
import type { CustomerResolvers, FlightResolvers, ReservationResolvers } from '../generated/resolvers.ts';

export const Reservation = {
  __resolveReference: ({ id }, { reservations }) => reservations.byId(id),
  flight: ({ flightId }) => ({ id: flightId }),
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
