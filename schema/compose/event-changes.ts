import { isDeepStrictEqual } from 'node:util';
import { accepts } from './accepts.ts';
import { changedSince } from './base.ts';
import type { Changes, SchemaChange } from './breaking-changes.ts';
import { type EventSchemas, type JsonSchema, SAMPLES_PATH } from './event-schemas.ts';

/**
 * What changes for events that were published before, and for readers that have not been deployed yet. Breaking: the
 * present reader refuses data of the same version or takes another default, or earlier readers lack a field. Dangerous:
 * earlier readers refuse what the field may hold from now on, or do not know the version.
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
      // Schemas of releases before do not have it.
      if (earlier.subject !== undefined && earlier.subject !== present.subject)
        changes.breaking.push({
          path: type,
          type: 'EVENT_SUBJECT_CHANGED',
          message: `Events published before have "${earlier.subject}" as their subject: keep it, or raise the version.`,
        });
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
    if (!was || !(was.isRequired || 'default' in was.schema)) return undefined;
    return [
      'breaking',
      'EVENT_FIELD_REMOVED',
      'Earlier readers require this field, or take its default in place of what is published: keep it, or raise the version.',
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
  if (changesDefault(was.schema, is.schema))
    return [
      'breaking',
      'EVENT_DEFAULT_CHANGED',
      'Events published before without this field stand for its earlier default: keep it, or raise the version and add an upcaster that sets it.',
    ];
  const mayBeAbsent = was.isRequired && !is.isRequired && !('default' in is.schema);
  if (mayBeAbsent || !accepts(was.schema, is.schema))
    return [
      'dangerous',
      'EVENT_FIELD_WIDENED',
      'Earlier readers refuse the new values: deploy readers first.',
    ];
  return undefined;
}

/** Whether a default is another one or has gone, in a schema or within it. */
function changesDefault(was: object, is: object): boolean {
  const present = new Map<string, unknown>(Object.entries(is));
  return Object.entries(was).some(([keyword, before]) => {
    const after = present.get(keyword);
    if (keyword === 'default') return !isDeepStrictEqual(before, after);
    return isObject(before) && changesDefault(before, isObject(after) ? after : {});
  });
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Samples that have changed or gone since `revision`: they stand for events that were published. */
export async function sampleChanges(root: string, revision: string): Promise<SchemaChange[]> {
  const changed = await changedSince(root, revision, SAMPLES_PATH);
  return changed.map(({ file, isRemoved }) => ({
    path: file,
    type: isRemoved ? 'EVENT_SAMPLE_REMOVED' : 'EVENT_SAMPLE_CHANGED',
    message: `Such an event has been published: restore the file (git checkout ${revision.slice(0, 12)} -- ${file}).`,
  }));
}
