import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDate, GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** `Date` of graphql-scalars, which resolvers see as the text `YYYY-MM-DD` that it is on the wire. */
const date = new GraphQLScalarType<string, string>({
  ...GraphQLDate.toConfig(),
  serialize: String,
  parseValue: (value) => dayOf(GraphQLDate.parseValue(value)),
  parseLiteral: (node: ValueNode) => dayOf(GraphQLDate.parseLiteral(node, {})),
});

/** The scalars that subgraphs share, by name. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  Date: date,
  DateTime: GraphQLDateTime,
  SafeInt: GraphQLSafeInt,
};
