import type { Context } from '../context.ts';
import type { FlightResolvers } from '../generated/resolvers.ts';

export const Flight = {
  __resolveReference: ({ id }, { flights }) => flights.byId(id),
} satisfies FlightResolvers<Context>;
