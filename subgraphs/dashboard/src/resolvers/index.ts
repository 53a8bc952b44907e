import type { SubgraphResolvers } from '../generated/resolvers.ts';
import { Customer, CustomerInfo, Reservation } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

export const resolvers = {
  Query,
  Mutation,
  Subscription,
  Customer,
  CustomerInfo,
  Reservation,
} satisfies SubgraphResolvers;
