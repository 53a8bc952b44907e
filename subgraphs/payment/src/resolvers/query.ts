import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query = {
  payments: (_parent, args, { payments }) => payments.page(args),
  payment: (_parent, { id }, { payments }) => payments.byId(id),
} satisfies QueryResolvers<Context>;
