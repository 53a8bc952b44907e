import { deadLetterResolvers } from '@airline/service';
import type { ReservationState } from '../domain/model.ts';
import { Customer, Flight, Reservation } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

const operators = deadLetterResolvers<ReservationState>('reservation');

export const resolvers = {
  Query: { ...Query, ...operators.Query },
  Mutation: { ...Mutation, ...operators.Mutation },
  Subscription,
  Reservation,
  Flight,
  Customer,
};
