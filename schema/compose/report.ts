import type { RuleFault } from './access-rules.ts';
import type { JudgedChanges, SchemaChange } from './breaking-changes.ts';
import type { CompositionError, CompositionHint, Place } from './compose-subgraphs.ts';
import { DECLARATIONS_PATH } from './declarations.ts';

/** The lines of a report on composition errors, one error after another. */
export function reportErrors(errors: readonly CompositionError[]): string[] {
  return [
    `The subgraphs do not compose (${errors.length}):`,
    ...errors.flatMap(({ code, message, places }) => entry([where(places), code], message)),
  ];
}

/** The lines of a report on hints; none when there is none. */
export function reportHints(hints: readonly CompositionHint[]): string[] {
  if (hints.length === 0) return [];
  return [
    `Composition hints (${hints.length}):`,
    ...hints.flatMap(({ level, code, message, coordinate = '', places }) =>
      entry([level, code, coordinate, where(places)], message),
    ),
  ];
}

/** The lines of a report on rules of who may see a field that are missing or wrong; none when there is none. */
export function reportRuleFaults(faults: readonly RuleFault[]): string[] {
  if (faults.length === 0) return [];
  return [
    `Rules of who may see what are missing or wrong (${faults.length}), so that \`npm run check\` fails; see schema/README.md:`,
    ...faults.flatMap(({ subgraph, coordinate, message, line }) =>
      entry([where([{ subgraph, ...(line !== undefined && { line }) }]), coordinate], message),
    ),
  ];
}

/** The lines of a report on what the events lack; none when they lack nothing. */
export function reportMissing(parts: readonly string[]): string[] {
  if (parts.length === 0) return [];
  return [
    `The events are incomplete (${parts.length}), see schema/events/README.md:`,
    ...parts.map((part) => `  ${part}`),
  ];
}

/** The lines of a report on what changes since a revision for clients, and for events published before. */
export function reportChanges(
  changes: JudgedChanges,
  { revision, isParent }: { revision: string; isParent: boolean },
): string[] {
  const { undeclared, declared, dangerous, staleDeclarations } = changes;
  const lines = [
    ...section('Breaking changes, not declared', undeclared),
    ...section('Breaking changes, declared', declared),
    ...section('Dangerous changes', dangerous),
  ];
  if (dangerous.length > 0) {
    lines.push(
      'Dangerous changes are allowed, and are to be thought of: clients of before leave a new field of an input out, and meet new',
      'values of an enum; readers of events that are named here are deployed first.',
    );
  }
  if (staleDeclarations.length > 0 && !isParent) {
    const paths = staleDeclarations.map(({ path }) => path).join(', ');
    lines.push(
      `Remove from ${DECLARATIONS_PATH} what matches no breaking change since ${revision}: ${paths}.`,
    );
  }
  if (undeclared.length > 0) {
    lines.push(
      `These break clients or events of ${revision}, so that \`npm run check\` fails. Of the graph, keep what clients use and`,
      'deprecate it; for events, see schema/events/README.md. Or, when nothing uses it, add { "path", "type", "reason" } to',
      `${DECLARATIONS_PATH} for each.`,
    );
  } else if (declared.length === 0 && dangerous.length === 0) {
    lines.push(`No client and no event of ${revision} breaks.`);
  }
  return lines;
}

function section(title: string, changes: readonly (SchemaChange & { reason?: string })[]): string[] {
  if (changes.length === 0) return [];
  return [
    `${title} (${changes.length}):`,
    ...changes.flatMap(({ path, type, message, reason }) =>
      entry([path, type], reason === undefined ? message : `${message}\nReason: ${reason}`),
    ),
  ];
}

function entry(titles: readonly string[], text: string): string[] {
  const title = titles.filter((part) => part !== '').join('  ');
  return [`  ${title}`, ...text.split('\n').map((line) => `    ${line}`)];
}

/** `flight:12, payment:8`: the subgraphs and the lines of their `schema.graphql`. */
function where(places: readonly Place[]): string {
  const names = places.map(({ subgraph, line }) => (line === undefined ? subgraph : `${subgraph}:${line}`));
  return [...new Set(names)].join(', ');
}
