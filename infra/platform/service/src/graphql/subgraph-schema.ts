import { subgraphTypeDefs } from '@airline/schema/type-defs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper/resolverMap.js';
import { type GraphQLSchema, Kind } from 'graphql';
import { deadLetterResolvers, type OperatedLetters } from './dead-letters.ts';
import { scalars } from './scalars.ts';
import { type ServiceStatusOptions, serviceStatusResolvers } from './service-status.ts';

export interface SubgraphSchemaOptions {
  readonly service: string;
  /** The subgraph's own `schema.graphql`. */
  readonly sdl: string;
  /** For the fields of `sdl`. */
  readonly resolvers: object;
  readonly deadLetters: OperatedLetters;
  readonly status: ServiceStatusOptions;
}

/** The executable schema of a subgraph: its SDL, the shared types, the dead letter fields and that of its status. */
export function subgraphSchema({
  service,
  sdl,
  resolvers,
  deadLetters,
  status,
}: SubgraphSchemaOptions): GraphQLSchema {
  const none = { kind: Kind.DOCUMENT, definitions: [] } as const;
  return buildSubgraphSchema([
    // The generated types check resolvers where they are written.
    { typeDefs: subgraphTypeDefs(service, sdl), resolvers: resolvers as GraphQLResolverMap<unknown> },
    // The library requires a document with each map; the fields of these are in the document above.
    { typeDefs: none, resolvers: { ...scalars, ...deadLetterResolvers(service, deadLetters) } },
    { typeDefs: none, resolvers: serviceStatusResolvers(service, status) },
  ]);
}
