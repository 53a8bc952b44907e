import { composeServices } from '@apollo/composition';
import type { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/** Resolvers of one subgraph. */
export type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']
>;

/** What a subgraph's SDL begins with. */
export const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@external", "@requires", "@provides", "@shareable", "@override", "@interfaceObject", "@inaccessible", "@context", "@fromContext",
    "@authenticated", "@requiresScopes", "@policy", "@tag"])`;

/** @returns the SDL of the supergraph */
export function composeSubgraphs(
  subgraphs: readonly { readonly name: string; readonly url: string; readonly typeDefs: string }[],
): string {
  const services = subgraphs.map((subgraph) => ({ ...subgraph, typeDefs: parse(subgraph.typeDefs) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (supergraphSdl === undefined) throw new AggregateError(errors ?? [], errors?.join('\n'));
  return supergraphSdl;
}
