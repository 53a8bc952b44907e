import type { Context } from '../context.ts';
import type {
  CustomerInfoResolvers,
  CustomerResolvers,
  ReservationResolvers,
} from '../generated/resolvers.ts';

export const Customer = {
  __resolveReference: ({ id }) => ({ id }),
  info: ({ id }, _args, { dashboard }) => dashboard.infoOf(id),
} satisfies CustomerResolvers<Context>;

export const CustomerInfo = {
  __resolveReference: ({ customerId }, { dashboard }) => dashboard.infoOf(customerId),
  customer: ({ customerId }) => ({ id: customerId }),
} satisfies CustomerInfoResolvers<Context>;

export const Reservation = {
  __resolveReference: ({ id }) => ({ id }),
  history: ({ id }, _args, { dashboard }) => dashboard.historyOf(id),
} satisfies ReservationResolvers<Context>;
