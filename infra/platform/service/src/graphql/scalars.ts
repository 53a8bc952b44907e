import { GraphQLScalarType, type ValueNode } from 'graphql';
import { GraphQLDate, GraphQLDateTime, GraphQLSafeInt } from 'graphql-scalars';

const dayOf = (date: Date): string => date.toISOString().slice(0, 10);

/** `Date` of graphql-scalars, which resolvers see as text, `YYYY-MM-DD`, as on the wire. */
const date = new GraphQLScalarType<string, string>({
  ...GraphQLDate.toConfig(),
  serialize: String,
  parseValue: (value) => dayOf(GraphQLDate.parseValue(value)),
  parseLiteral: (node: ValueNode) => dayOf(GraphQLDate.parseLiteral(node, {})),
});

/** `DateTime` of graphql-scalars, which resolvers see as text, too: RFC 3339 in UTC. */
const dateTime = new GraphQLScalarType<string, Date>({
  ...GraphQLDateTime.toConfig(),
  parseValue: (value) => GraphQLDateTime.parseValue(value).toISOString(),
  parseLiteral: (node: ValueNode) => GraphQLDateTime.parseLiteral(node, {}).toISOString(),
});

/** The scalars that subgraphs share, by name. */
export const scalars: Readonly<Record<string, GraphQLScalarType>> = {
  Date: date,
  DateTime: dateTime,
  SafeInt: GraphQLSafeInt,
};
