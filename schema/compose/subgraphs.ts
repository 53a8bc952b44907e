import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { services, subgraphs } from '../subgraphs.ts';

/** One subgraph as composition sees it: its name, where the gateway finds it by default, and its SDL. */
export interface Subgraph {
  name: string;
  url: string;
  sdl: string;
}

/**
 * Reads each `subgraphs/<name>/schema.graphql` under `root`; a file that is not there rejects, by its path. The URLs are
 * the defaults of local runs; a deployment gives the router its own.
 */
export function readSubgraphs(root: string): Promise<Subgraph[]> {
  return Promise.all(
    services.map(async (name) => ({
      name,
      url: `http://localhost:${subgraphs[name].port}/graphql`,
      sdl: await readFile(path.join(root, 'subgraphs', name, 'schema.graphql'), 'utf8'),
    })),
  );
}
