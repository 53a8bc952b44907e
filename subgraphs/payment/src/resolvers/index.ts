import { deadLetterResolvers } from '@airline/service';
import type { PaymentState } from '../domain/model.ts';
import { Customer, Payment, Reservation } from './entity.ts';
import { Query } from './query.ts';

const operators = deadLetterResolvers<PaymentState>('payment');

export const resolvers = {
  Query: { ...Query, ...operators.Query },
  Mutation: operators.Mutation,
  Payment,
  Reservation,
  Customer,
};
