import { deadLetterResolvers } from '@airline/service';
import type { DashboardState } from '../domain/model.ts';
import { Customer, CustomerInfo, Reservation } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';
import { Subscription } from './subscription.ts';

const operators = deadLetterResolvers<DashboardState>('dashboard');

export const resolvers = {
  Query: { ...Query, ...operators.Query },
  Mutation: { ...Mutation, ...operators.Mutation },
  Subscription,
  Customer,
  CustomerInfo,
  Reservation,
};
