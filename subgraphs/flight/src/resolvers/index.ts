import { deadLetterResolvers } from '@airline/service';
import type { FlightState } from '../domain/model.ts';
import { Flight } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';

const operators = deadLetterResolvers<FlightState>('flight');

export const resolvers = {
  Query: { ...Query, ...operators.Query },
  Mutation: { ...Mutation, ...operators.Mutation },
  Flight,
};
