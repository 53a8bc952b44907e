import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { messageTables } from '@airline/database';
import { otherPorts, subgraphs } from '@airline/schema/events';
import { AZURE, insertions, LIST, withInserted } from './insertions.ts';
import { filesOf } from './published.ts';
import { SubgraphNameError } from './subgraph-name-error.ts';

const TEMPLATE = join(import.meta.dirname, 'template');
const SUFFIX = '.template';

/**
 * Other processes, accounts, Secrets and ConfigMaps, prefixes of variables (HEALTH_PORT), types of GraphQL, and words that
 * TypeScript reserves: the template names a constant after the subgraph.
 */
const RESERVED = new Set(
  `router redis postgres issuer operator transport airline images database subgraphs
  health metrics cache subgraph jwks token
  int float string boolean id resolver resolvers scalars maybe exact
  await break case catch class const continue debugger default delete do else enum export extends false finally for function if
  implements import in instanceof interface let new null package private protected public return static super switch this throw
  true try typeof var void while with yield`.split(/\s+/),
);

/**
 * Writes the files of a new subgraph from the template, and of the event that it publishes, and adds both to what lists them;
 * returns the paths, relative to the root.
 * @throws SubgraphNameError before anything is written
 */
export function newSubgraph(root: string, name: string, publishes?: string): string[] {
  if (!/^[a-z]{1,40}$/.test(name)) {
    throw new SubgraphNameError(
      `"${name}" is no name of a subgraph: use one word of lower-case letters, 40 at most.`,
    );
  }
  // A branch that had one leaves its node_modules behind.
  if (Object.hasOwn(subgraphs, name) || existsSync(join(root, 'subgraphs', name, 'package.json'))) {
    throw new SubgraphNameError(
      `There is a subgraph ${name} already: choose another name, or remove it first. What a run that was killed has left goes by ` +
        `these, with all else that is not committed there: rm -r subgraphs/${name}; git restore ${dependentFiles.join(' ')}; git clean -f schema/events`,
    );
  }
  const capitalized = name.charAt(0).toUpperCase() + name.slice(1);
  const graph = readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8');
  const templates = globSync(`**/*${SUFFIX}`, { cwd: TEMPLATE })
    .toSorted()
    .map((file) => ({
      path: join('subgraphs', name, file.slice(0, -SUFFIX.length)),
      text: linesFor(publishes, readFileSync(join(TEMPLATE, file), 'utf8')),
    }));
  const word = new RegExp(`(?<!\\$)\\b(${name}|${capitalized})\\b`);
  const owner =
    (new RegExp(`^\\w+ ${capitalized}\\b|^  ${name}\\b`, 'm').test(graph) &&
      'a type or field of the graph') ||
    ((RESERVED.has(name) || Object.hasOwn(messageTables, name)) && 'the system or the language') ||
    (templates.some(({ text }) => word.test(text)) && 'the template, which uses the word');
  if (owner) throw new SubgraphNameError(`"${name}" is taken, by ${owner}: choose another name.`);
  const ofEvent = publishes === undefined ? [] : filesOf(root, name, publishes);
  const port = portAfter(Object.values(subgraphs).map((each) => each.port));
  const inserted = withInserted(root, insertions(name, capitalized, port, publishes));

  for (const { path, text } of templates) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text.replaceAll('$name', name).replaceAll('$Name', capitalized));
  }
  for (const { path, text } of ofEvent) writeFileSync(join(root, path), text);
  for (const [file, text] of inserted) writeFileSync(join(root, file), text);
  return [...[...templates, ...ofEvent].map(({ path }) => path), ...inserted.keys()];
}

/** A line of the template that begins with + is for a subgraph that publishes, with - for another. */
const linesFor = (publishes: string | undefined, text: string): string =>
  text
    .replace(publishes === undefined ? /^\+.*\n/gm : /^-.*\n/gm, '')
    .replace(/^[+-]/gm, '')
    .replaceAll('$Event', publishes ?? '');

/** The next port that nothing else has. */
export function portAfter(ports: readonly number[]): number {
  const others: ReadonlySet<number> = new Set(Object.values(otherPorts));
  let next = Math.max(...ports) + 1;
  while (others.has(next)) next += 1;
  return next;
}

/** The files that change with the list of subgraphs: what it is inserted into, and what the generators derive from the list. */
export const dependentFiles = [
  'README.md',
  'infra/system/delivery/compose.services.yaml',
  'infra/system/delivery/prometheus.yaml',
  'infra/system/delivery/redis-accounts.acl',
  'infra/system/delivery/smoke',
  'k8s/base/subgraphs.yaml',
  'k8s/overlays/aks/key-vault/classes.yaml',
  'k8s/overlays/aks/key-vault/pods.yaml',
  AZURE,
  'pnpm-lock.yaml',
  'router/web/dashboard/src/texts/en-connection.ts',
  'router/web/dashboard/src/texts/en-names.ts',
  'router/web/dashboard/src/texts/ko-connection.ts',
  'router/web/dashboard/src/texts/ko-names.ts',
  'router/web/trusted-documents.json',
  'schema/access.md',
  'schema/events.json',
  LIST,
  'schema/supergraph.graphql',
  'subgraphs/README.md',
];

/**
 * Writes a new subgraph, and has `derive` do what depends on it, given the paths written. When that fails, all is as it
 * was before, so that the command can be run again.
 *
 * @throws SubgraphNameError; or an Error with the reason why `derive` failed
 */
export async function createSubgraph(
  root: string,
  name: string,
  derive: (written: string[]) => Promise<void>,
  publishes?: string,
): Promise<void> {
  const files = dependentFiles.map((file) => join(root, file)).filter(existsSync);
  const before = files.map((file) => [file, readFileSync(file)] as const);
  const written = newSubgraph(root, name, publishes);
  try {
    await derive(written);
  } catch (error) {
    // All at once: no signal comes in between.
    rmSync(join(root, 'subgraphs', name), { recursive: true, force: true });
    // What was there is written over, which keeps its mode.
    const added = written.filter((file) => !dependentFiles.includes(file));
    for (const file of added) rmSync(join(root, file), { force: true });
    for (const [file, content] of before) writeFileSync(file, content);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${reason}\nAll is as it was before: correct the cause, and run the command again.`, {
      cause: error,
    });
  }
}
