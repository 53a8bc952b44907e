import type { Context } from '../context.ts';
import type { CustomerResolvers, PaymentResolvers, ReservationResolvers } from '../generated/resolvers.ts';

export const Payment = {
  __resolveReference: ({ id }, { payments }) => payments.byId(id),
  reservation: ({ reservationId }) => ({ id: reservationId }),
  customer: ({ customerId }) => ({ id: customerId }),
  status: ({ id, status }) => {
    if (status === 'VOID') throw new Error(`Payment ${id} is a tombstone, which no query returns.`);
    return status;
  },
} satisfies PaymentResolvers<Context>;

export const Reservation = {
  __resolveReference: ({ id }) => ({ id }),
  payment: ({ id }, _args, { payments }) => payments.ofReservation(id),
} satisfies ReservationResolvers<Context>;

export const Customer = {
  __resolveReference: ({ id }) => ({ id }),
  payments: ({ id }, args, { payments }) => payments.ofCustomer(id, args),
} satisfies CustomerResolvers<Context>;
