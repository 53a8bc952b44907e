import type { SubgraphResolvers } from '../generated/resolvers.ts';
import { Customer, Payment, Reservation } from './entity.ts';
import { Query } from './query.ts';

export const resolvers = {
  Query,
  Payment,
  Reservation,
  Customer,
} satisfies SubgraphResolvers;
