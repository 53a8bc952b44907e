import { ruleFaults } from './access-rules.ts';
import { ACCESS_TABLE_PATH, accessTable } from './access-table.ts';
import { findBase, readAt } from './base.ts';
import { type Changes, clientChanges, judge } from './breaking-changes.ts';
import { composeSubgraphs } from './compose-subgraphs.ts';
import { readDeclarations } from './declarations.ts';
import { eventChanges, sampleChanges } from './event-changes.ts';
import {
  type EventDefinitions,
  type EventSchemas,
  eventSchemas,
  eventSchemasFileText,
  missingParts,
} from './event-schemas.ts';
import {
  EVENT_SCHEMAS_PATH,
  type GeneratedFileOptions,
  SUPERGRAPH_PATH,
  supergraphFileText,
  updateFile,
} from './generated-file.ts';
import { reportChanges, reportErrors, reportHints, reportMissing, reportRuleFaults } from './report.ts';
import { readSubgraphs } from './subgraphs.ts';

export interface ComposeOptions extends GeneratedFileOptions {
  /** The present events. */
  events: EventDefinitions;
  /** The revision to compare with; see `findBase` for the default. */
  base?: string;
}

/**
 * Composes the supergraph and the schemas of events, writes or checks both files, and prints what breaks clients or
 * published events. False for a failure; with `check` a stale file, an undeclared breaking change and a field without a rule
 * of who may see it are failures, too (without it the files are written, and the report says that the check fails).
 */
export async function run({ events, base, ...options }: ComposeOptions): Promise<boolean> {
  const { root, check, print } = options;
  const printAll = (lines: readonly string[]) => {
    for (const line of lines) print(line);
  };
  const subgraphs = await readSubgraphs(root);
  const composition = composeSubgraphs(subgraphs);
  if (composition.errors) {
    printAll(reportErrors(composition.errors));
    return false;
  }
  const { supergraphSdl, hints } = composition;
  printAll(reportHints(hints));
  const schemas = eventSchemas(events);
  const isFresh = [
    await updateFile(SUPERGRAPH_PATH, supergraphFileText(supergraphSdl), options),
    await updateFile(ACCESS_TABLE_PATH, accessTable(subgraphs), options),
    await updateFile(EVENT_SCHEMAS_PATH, eventSchemasFileText(schemas), options),
  ];
  const missing = await missingParts(root, events);
  printAll(reportMissing(missing));
  const faults = ruleFaults(subgraphs);
  printAll(reportRuleFaults(faults));
  const isSound = missing.length === 0 && faults.length === 0 && isFresh.every(Boolean);

  const found = await findBase(root, base);
  if (found.revision === undefined) {
    print(`Breaking changes were not looked for: ${found.missing}.`);
    return isSound || !check;
  }
  const changes = await changesSince(found.revision, supergraphSdl, schemas, options);
  const judged = judge(changes, await readDeclarations(root));
  printAll(reportChanges(judged, { ...found, revision: found.revision.slice(0, 12) }));
  return (isSound && judged.undeclared.length === 0) || !check;
}

/** All changes since `revision`; prints which file is not there, so that its changes were not looked for. */
async function changesSince(
  revision: string,
  supergraphSdl: string,
  schemas: EventSchemas,
  { root, print }: GeneratedFileOptions,
): Promise<Changes> {
  async function compared(
    file: string,
    compare: (before: string) => Changes | Promise<Changes>,
  ): Promise<Changes> {
    const before = await readAt(root, revision, file);
    if (before !== undefined) return await compare(before);
    print(`Breaking changes were not looked for: ${file} is not in ${revision}.`);
    return { breaking: [], dangerous: [] };
  }
  const ofClients = await compared(SUPERGRAPH_PATH, (before) => clientChanges(before, supergraphSdl));
  const ofEvents = await compared(EVENT_SCHEMAS_PATH, (before) => eventChanges(JSON.parse(before), schemas));
  const ofSamples = await sampleChanges(root, revision);
  return {
    breaking: [...ofClients.breaking, ...ofEvents.breaking, ...ofSamples],
    dangerous: [...ofClients.dangerous, ...ofEvents.dangerous],
  };
}
