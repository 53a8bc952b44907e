import { readFileSync } from 'node:fs';
import { subgraph as dashboard } from '@airline/dashboard';
import { subgraph as flight } from '@airline/flight';
import { subgraph as payment } from '@airline/payment';
import { subgraph as reservation } from '@airline/reservation';
import { subgraphTypeDefs } from '@airline/schema/type-defs';
import type { Subgraph } from '@airline/service';
import type { PostgresServer } from '@airline/testing';
import { type SubgraphServer, serve } from '@airline/testing/serve';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { AT } from './world.ts';

export const subgraphs = { reservation, flight, payment, dashboard };
export type Name = keyof typeof subgraphs;

const now = () => new Date(AT);

/** What a subgraph serves, without resolvers. */
export function schemaOf(name: Name): GraphQLSchema {
  const sdl = readFileSync(new URL(`../../../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8');
  return buildSubgraphSchema({ typeDefs: subgraphTypeDefs(name, sdl) });
}

/** Serves a subgraph that holds these rows, in PostgreSQL where there is one, until the test ends. */
export async function serveRows(
  name: Name,
  rows: Readonly<Record<string, readonly object[]>>,
  postgres: PostgresServer | undefined,
): Promise<SubgraphServer> {
  // The subgraphs have different rows, which the compiler cannot follow through a union.
  const subgraph = subgraphs[name] as unknown as Subgraph;
  const env = postgres ? { [`${name.toUpperCase()}_DB_URL`]: await postgres.createDatabase() } : {};
  return await serve(subgraph, { rows: rows as Record<string, object[]>, env, now });
}
