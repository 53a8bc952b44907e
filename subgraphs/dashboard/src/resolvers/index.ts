import { Customer, CustomerInfo, Reservation } from './entity.ts';
import { Query } from './query.ts';

export const resolvers = { Query, Customer, CustomerInfo, Reservation };
