import { readBase } from './base.ts';
import { breakingChanges } from './breaking-changes.ts';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { readDeclarations } from './declarations.ts';
import { reportChanges, reportErrors, reportHints } from './report.ts';
import { readSubgraphs } from './subgraphs.ts';
import { freshness, readSupergraphFile, SUPERGRAPH_PATH, writeSupergraphFile } from './supergraph-file.ts';

export interface ComposeOptions {
  /** The repository's root. */
  root: string;
  /** Write nothing; a stale file or an undeclared breaking change fails. */
  check: boolean;
  /** The revision to compare with; see `readBase` for the default. */
  base?: string;
  print: (line: string) => void;
}

/** Composes, writes or checks the supergraph, and prints what there is to know. True when nothing is wrong. */
export async function run({ root, check, base, print }: ComposeOptions): Promise<boolean> {
  const printAll = (lines: readonly string[]) => {
    for (const line of lines) print(line);
  };
  const composition = composeSubgraphs(await readSubgraphs(root));
  if (composition.errors) {
    printAll(reportErrors(composition.errors));
    return false;
  }
  const { supergraphSdl, hints } = composition;
  printAll(reportHints(hints));

  const state = freshness(await readSupergraphFile(root), supergraphSdl);
  const isFresh = state === 'current' || !check;
  if (state === 'current') {
    print(`${SUPERGRAPH_PATH} is up to date.`);
  } else if (check) {
    print(`${SUPERGRAPH_PATH} is ${state}: run \`npm run compose\` and commit it.`);
  } else {
    await writeSupergraphFile(root, supergraphSdl);
    print(`Wrote ${SUPERGRAPH_PATH}.`);
  }

  const earlier = await readBase(root, base);
  if (earlier.revision === undefined) {
    print(`Breaking changes were not looked for: ${earlier.missing}.`);
    return isFresh;
  }
  const changes = await breakingChanges(earlier.supergraphSdl, supergraphSdl, await readDeclarations(root));
  printAll(reportChanges(changes, earlier.revision.slice(0, 12)));
  return isFresh && (changes.undeclared.length === 0 || !check);
}
