import type { Context } from '../context.ts';
import type { QueryResolvers } from '../generated/resolvers.ts';

export const Query = {
  reservations: (_parent, args, { reservations }) => reservations.page(args),
  reservation: (_parent, { id }, { reservations }) => reservations.byId(id),
  eventsHeldUp: (_parent, _args, { isPublishing }) => !isPublishing(),
} satisfies QueryResolvers<Context>;
