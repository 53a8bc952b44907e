import { deadLetterResolvers } from '@airline/service';
import type { FlightState } from '../domain/model.ts';
import { Flight } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

const operators = deadLetterResolvers<FlightState>('flight');

export const resolvers = {
  Query: { ...Query, ...operators.Query },
  Mutation: { ...Mutation, ...operators.Mutation },
  Subscription,
  Flight,
};
