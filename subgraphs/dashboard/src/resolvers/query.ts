import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query = {
  customer: (_parent, { id }) => ({ id }),
  customerInfos: (_parent, args, { dashboard }) => dashboard.infos(args),
  customerInfo: (_parent, { customerId }, { dashboard }) => dashboard.infoOf(customerId),
} satisfies QueryResolvers<Context>;
