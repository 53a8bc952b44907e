import { readFileSync } from 'node:fs';
import { loadSubgraph } from '@airline/local/subgraphs';
import type { Service } from '@airline/schema/events';
import { subgraphTypeDefs } from '@airline/schema/type-defs';
import type { PostgresServer } from '@airline/testing';
import { type SubgraphServer, serve } from '@airline/testing/serve';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { AT, type Customer, rowsOf, type World } from './world.ts';

const now = () => new Date(AT);

/** What a subgraph serves, without resolvers. */
export function schemaOf(name: Service): GraphQLSchema {
  const sdl = readFileSync(new URL(`../../../../subgraphs/${name}/schema.graphql`, import.meta.url), 'utf8');
  return buildSubgraphSchema({ typeDefs: subgraphTypeDefs(name, sdl) });
}

interface WorldOptions {
  readonly world: World;
  /** Whose rows it holds; undefined: all. */
  readonly only?: Customer | undefined;
  readonly postgres?: PostgresServer | undefined;
}

/** Serves a subgraph that holds what it has of a world, in PostgreSQL where there is one, until the test ends. */
export async function serveWorld(
  name: Service,
  { world, only, postgres }: WorldOptions,
): Promise<SubgraphServer> {
  const env = postgres ? { [`${name.toUpperCase()}_DB_URL`]: await postgres.createDatabase() } : {};
  return await serve(await loadSubgraph(name), { rows: rowsOf(name, world, only), env, now });
}
