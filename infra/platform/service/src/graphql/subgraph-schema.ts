import { subgraphTypeDefs } from '@airline/schema/type-defs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLSchema, Kind } from 'graphql';
import { deadLetterResolvers, type OperatedLetters } from './dead-letters.ts';
import { scalars } from './scalars.ts';

export interface SubgraphSchemaOptions {
  readonly service: string;
  /** The subgraph's own `schema.graphql`. */
  readonly sdl: string;
  /** For the fields of `sdl`. */
  readonly resolvers: object;
  readonly deadLetters: OperatedLetters;
}

/** The executable schema of a subgraph: its SDL, the shared types and the dead letter fields. */
export function subgraphSchema({
  service,
  sdl,
  resolvers,
  deadLetters,
}: SubgraphSchemaOptions): GraphQLSchema {
  const shared = { ...scalars, ...deadLetterResolvers(service, deadLetters) };
  return buildSubgraphSchema([
    // The generated types check resolvers where they are written.
    { typeDefs: subgraphTypeDefs(service, sdl), resolvers: resolvers as GraphQLResolverMap<unknown> },
    // The library requires a document with each map; the fields of this one are in the document above.
    { typeDefs: { kind: Kind.DOCUMENT, definitions: [] }, resolvers: shared },
  ]);
}
