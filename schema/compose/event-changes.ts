import { accepts } from './accepts.ts';
import { changedSince } from './base.ts';
import type { Changes, SchemaChange } from './breaking-changes.ts';
import { type EventSchemas, type JsonSchema, SAMPLES_PATH } from './event-schemas.ts';

/**
 * What changes for events that were published before, and for readers that have not been deployed yet. Breaking: the
 * present reader refuses data of the same version, or earlier readers lack a field. Dangerous: earlier readers refuse
 * what the field may hold from now on, or do not know the version.
 */
export function eventChanges(before: EventSchemas, after: EventSchemas): Changes {
  const changes: Changes = { breaking: [], dangerous: [] };
  for (const [type, earlier] of Object.entries(before)) {
    const present = after[type];
    if (!present) {
      changes.breaking.push({
        path: type,
        type: 'EVENT_REMOVED',
        message:
          'Events of this type are in the log and among dead letters: keep its definition and its samples.',
      });
    } else if (present.version < earlier.version) {
      changes.breaking.push({
        path: type,
        type: 'EVENT_VERSION_LOWERED',
        message: `Events of version ${earlier.version} have been published: the version only rises.`,
      });
    } else if (present.version > earlier.version) {
      changes.dangerous.push({
        path: type,
        type: 'EVENT_VERSION_RAISED',
        message:
          'Earlier readers keep events of a version that they do not know as dead letters: deploy readers first.',
      });
    } else {
      compareData(type, earlier.data, present.data, changes);
    }
  }
  return changes;
}

function compareData(event: string, before: JsonSchema, after: JsonSchema, changes: Changes): void {
  const fields = new Set([...Object.keys(before.properties ?? {}), ...Object.keys(after.properties ?? {})]);
  for (const field of fields) {
    const change = fieldChange(fieldOf(before, field), fieldOf(after, field));
    if (!change) continue;
    const [criticality, type, message] = change;
    changes[criticality].push({ path: `${event}.${field}`, type, message });
  }
}

interface Field {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
}

function fieldOf({ properties, required }: JsonSchema, field: string): Field | undefined {
  const schema = properties?.[field] as JsonSchema | undefined;
  return schema && { schema, isRequired: required?.includes(field) ?? false };
}

function fieldChange(
  was: Field | undefined,
  is: Field | undefined,
): [criticality: keyof Changes, type: string, message: string] | undefined {
  if (!is) {
    if (!was?.isRequired) return undefined;
    return [
      'breaking',
      'EVENT_FIELD_REMOVED',
      'Earlier readers require this field: keep it, or raise the version.',
    ];
  }
  if (is.isRequired && !was?.isRequired)
    return [
      'breaking',
      'EVENT_FIELD_REQUIRED',
      'Events published before lack this field: add .nullable().default(null), or .default(…) with what is true of all of them.',
    ];
  if (!was) return undefined;
  if (!accepts(is.schema, was.schema)) {
    const remedy = 'accept it, or raise the version and add an upcaster';
    return [
      'breaking',
      'EVENT_FIELD_NARROWED',
      `Events published before may hold what is refused now: ${remedy}.`,
    ];
  }
  const mayBeAbsent = was.isRequired && !is.isRequired && !('default' in is.schema);
  if (mayBeAbsent || !accepts(was.schema, is.schema))
    return [
      'dangerous',
      'EVENT_FIELD_WIDENED',
      'Earlier readers refuse the new values: deploy readers first.',
    ];
  return undefined;
}

/** Samples that have changed or gone since `revision`: they stand for events that were published. */
export async function sampleChanges(root: string, revision: string): Promise<SchemaChange[]> {
  const changed = await changedSince(root, revision, SAMPLES_PATH);
  return changed.map(({ file, isRemoved }) => ({
    path: file,
    type: isRemoved ? 'EVENT_SAMPLE_REMOVED' : 'EVENT_SAMPLE_CHANGED',
    message: `Such an event has been published: restore the file (git checkout ${revision.slice(0, 12)} -- ${file}).`,
  }));
}
