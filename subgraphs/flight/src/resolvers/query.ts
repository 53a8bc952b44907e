import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query = {
  flights: (_parent, args, { flights }) => flights.page(args),
  flight: (_parent, { id }, { flights }) => flights.byId(id),
  promotions: (_parent, _args, { promotions }) => promotions.read(),
} satisfies QueryResolvers<Context>;
