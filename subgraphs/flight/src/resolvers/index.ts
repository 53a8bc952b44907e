import type { SubgraphResolvers } from '../generated/resolvers.ts';
import { Flight } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

export const resolvers = {
  Query,
  Mutation,
  Subscription,
  Flight,
} satisfies SubgraphResolvers;
