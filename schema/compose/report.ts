import type { BreakingChanges, SchemaChange } from './breaking-changes.ts';
import type { CompositionError, CompositionHint, Place } from './compose-subgraphs.ts';
import { DECLARATIONS_PATH } from './declarations.ts';

/** The lines that tell of composition errors, one error after another. */
export function reportErrors(errors: readonly CompositionError[]): string[] {
  return [
    `The subgraphs do not compose (${errors.length}):`,
    ...errors.flatMap(({ code, message, places }) => entry([where(places), code], message)),
  ];
}

/** The lines that tell of every hint; none when there is none. */
export function reportHints(hints: readonly CompositionHint[]): string[] {
  if (hints.length === 0) return [];
  return [
    `Composition hints (${hints.length}):`,
    ...hints.flatMap(({ level, code, message, coordinate = '', places }) =>
      entry([level, code, coordinate, where(places)], message),
    ),
  ];
}

/** The lines that tell what changes for clients since `revision`. */
export function reportChanges(changes: BreakingChanges, revision: string): string[] {
  const { undeclared, declared, dangerous, staleDeclarations } = changes;
  const lines = [
    ...section('Breaking changes, not declared', undeclared),
    ...section('Breaking changes, declared', declared),
    ...section('Dangerous changes', dangerous),
  ];
  if (staleDeclarations.length > 0) {
    lines.push(
      `Declarations in ${DECLARATIONS_PATH} that match nothing and can go (${staleDeclarations.length}):`,
    );
    lines.push(...staleDeclarations.flatMap(({ path, type, reason }) => entry([path, type], reason)));
  }
  if (undeclared.length > 0) {
    lines.push(
      `These break clients of ${revision}. Keep what they use and deprecate it; or, when no client uses it,`,
      `add { "path", "type", "reason" } to ${DECLARATIONS_PATH} for each.`,
    );
  } else if (declared.length === 0 && dangerous.length === 0) {
    lines.push(`No client of ${revision} breaks.`);
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
