import { loadSubgraphs } from '@airline/local/subgraphs';
import * as router from '@airline/router';
import { envVar, type Subgraph } from '@airline/service';

export type Env = Record<string, string | undefined>;

/** What the code of a service reads of its environment. */
export interface Reader {
  /** By name. */
  readonly variables: Subgraph['variables'];
  /** @throws Error naming the variables at fault */
  readConfig(env: Env): { readonly port: number };
}

/** Read by the driver of Postgres, not by the services. */
export const OF_LIBRARIES: ReadonlyMap<string, typeof envVar.text> = new Map([
  ['PGUSER', envVar.text],
  ['PGPASSWORD', envVar.token],
]);

/** The router and each subgraph, by name. */
export async function loadReaders(): Promise<ReadonlyMap<string, Reader>> {
  const readers = new Map<string, Reader>([['router', router]]);
  for (const subgraph of await loadSubgraphs()) readers.set(subgraph.name, subgraph);
  return readers;
}
