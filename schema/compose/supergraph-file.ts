import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfPresent } from './read-if-present.ts';

/** The checked-in supergraph, relative to the repository's root. */
export const SUPERGRAPH_PATH = 'schema/supergraph.graphql';

const HEADER = '# Composed from the subgraphs’ schemas by `npm run compose`; edit those.\n\n';

export type Freshness = 'current' | 'missing' | 'stale';

/** The text of the file for a composed supergraph. */
export function supergraphFileText(supergraphSdl: string): string {
  return `${HEADER}${supergraphSdl.trimEnd()}\n`;
}

/** Compares the checked-in file's text, undefined when there is no file, with what the subgraphs compose to. */
export function freshness(checkedIn: string | undefined, supergraphSdl: string): Freshness {
  if (checkedIn === undefined) return 'missing';
  return checkedIn === supergraphFileText(supergraphSdl) ? 'current' : 'stale';
}

/** The checked-in file's text under `root`, or undefined when there is none. */
export function readSupergraphFile(root: string): Promise<string | undefined> {
  return readIfPresent(path.join(root, SUPERGRAPH_PATH));
}

export function writeSupergraphFile(root: string, supergraphSdl: string): Promise<void> {
  return writeFile(path.join(root, SUPERGRAPH_PATH), supergraphFileText(supergraphSdl));
}
