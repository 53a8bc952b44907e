import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One subgraph as composition sees it: its name, where the gateway finds it by default, and its SDL. */
export interface Subgraph {
  name: string;
  url: string;
  sdl: string;
}

/** Every subgraph of the graph. The URLs are the defaults of local runs; a deployment gives the router its own. */
const SUBGRAPHS = [
  { name: 'reservation', url: 'http://localhost:8082/graphql' },
  { name: 'flight', url: 'http://localhost:8083/graphql' },
  { name: 'payment', url: 'http://localhost:8084/graphql' },
  { name: 'dashboard', url: 'http://localhost:8085/graphql' },
];

/** Reads each `subgraphs/<name>/schema.graphql` under `root`; a file that is not there rejects, by its path. */
export function readSubgraphs(root: string): Promise<Subgraph[]> {
  return Promise.all(
    SUBGRAPHS.map(async ({ name, url }) => ({
      name,
      url,
      sdl: await readFile(path.join(root, 'subgraphs', name, 'schema.graphql'), 'utf8'),
    })),
  );
}
