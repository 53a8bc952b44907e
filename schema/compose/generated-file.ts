import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readIfPresent } from './read-if-present.ts';

/** The checked-in supergraph, relative to the repository's root. */
export const SUPERGRAPH_PATH = 'schema/supergraph.graphql';

/** The checked-in JSON Schemas of all events, relative to the repository's root. */
export const EVENT_SCHEMAS_PATH = 'schema/events.json';

const HEADER = '# Composed from the subgraphs’ schemas by `npm run compose`; edit those.\n\n';

/** The text of the file for a composed supergraph. */
export function supergraphFileText(supergraphSdl: string): string {
  return `${HEADER}${supergraphSdl.trimEnd()}\n`;
}

export interface GeneratedFileOptions {
  /** The repository's root. */
  root: string;
  /** Write nothing. */
  check: boolean;
  print: (line: string) => void;
}

/** Writes or checks a generated file and prints which. False for a check of a file that is stale or missing. */
export async function updateFile(
  file: string,
  text: string,
  { root, check, print }: GeneratedFileOptions,
): Promise<boolean> {
  const target = path.join(root, file);
  const checkedIn = await readIfPresent(target);
  if (checkedIn === text) {
    print(`${file} is up to date.`);
    return true;
  }
  if (check) {
    const state = checkedIn === undefined ? 'missing' : 'stale';
    print(`${file} is ${state}: run \`npm run compose\` and commit it.`);
    return false;
  }
  await writeFile(target, text);
  print(`Wrote ${file}.`);
  return true;
}
