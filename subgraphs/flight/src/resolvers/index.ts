import { Flight } from './entity.ts';
import { Mutation } from './mutation.ts';
import { Query } from './query.ts';

export const resolvers = { Query, Mutation, Flight };
