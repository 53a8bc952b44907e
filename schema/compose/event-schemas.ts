import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { EventDefinition } from '../events/event.ts';

/** Where the sample envelopes of events are, relative to the repository's root. */
export const SAMPLES_PATH = 'schema/events/samples';

export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The present version and subject of each event type, and the JSON Schema of the data that its readers accept. */
export type EventSchemas = Readonly<
  Record<string, { readonly version: number; readonly subject?: string; readonly data: JsonSchema }>
>;

export type EventDefinitions = Readonly<Record<string, EventDefinition>>;

/**
 * The schemas of the events' data, sorted by type.
 * @throws Error naming a field whose default its own schema refuses, since zod never parses a default, or that has what no JSON Schema shows
 */
export function eventSchemas(definitions: EventDefinitions): EventSchemas {
  const entries = Object.entries(definitions).map(([type, { version, subject, data }]) => {
    const { $schema: _, ...schema } = z.toJSONSchema(data, {
      // What is accepted, not what parsing makes of it: a field with a default is not required.
      io: 'input',
      override: ({ zodSchema, jsonSchema, path }) => {
        const field = [type, ...path.filter((key) => key !== 'properties')].join('.');
        refuseInvalidDefault(zodSchema, field);
        refuseCatch(zodSchema, field);
        refuseUnseen(zodSchema, field);
        // zod's own spelling of the format, which may change with its version.
        if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
      },
    });
    return [type, { version, subject, data: schema }] as const;
  });
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function refuseInvalidDefault(schema: z.core.$ZodType, field: string): void {
  if (!(schema instanceof z.ZodDefault)) return;
  const { defaultValue, innerType } = schema.def;
  const { error } = z.safeParse(innerType, defaultValue);
  if (error)
    throw new Error(
      `The default of ${field}, ${JSON.stringify(defaultValue)}, is refused by the field's own schema: ${z.prettifyError(error)}`,
    );
}

function refuseCatch(schema: z.core.$ZodType, field: string): void {
  if (schema instanceof z.ZodCatch)
    throw new Error(
      `${field} has .catch(…), which puts another value in place of one that this reader does not know: remove it, so that such an event is kept as a dead letter.`,
    );
}

/** What a JSON Schema cannot say would change what is accepted, or what is read, without a change of events.json. */
function refuseUnseen(schema: z.core.$ZodType, field: string): void {
  const isUnseen =
    schema instanceof z.ZodPipe ||
    schema instanceof z.ZodTransform ||
    schema instanceof z.ZodPrefault ||
    schema._zod.def.checks?.some(({ _zod: { def } }) => ['custom', 'overwrite'].includes(def.check));
  if (isUnseen)
    throw new Error(
      `${field} has a .refine(…), .transform(…), .overwrite(…), .prefault(…) or z.preprocess(…), which events.json does not show: say it by types, enums, minimums and the like, or where the event is handled.`,
    );
}

export const eventSchemasFileText = (schemas: EventSchemas): string =>
  `${JSON.stringify(schemas, null, 2)}\n`;

/** What the events lack, a line each: upcasters, and samples of their present version. */
export async function missingParts(root: string, definitions: EventDefinitions): Promise<string[]> {
  const samples = new Set(await readdir(path.join(root, SAMPLES_PATH)).catch(() => []));
  return Object.entries(definitions).flatMap(([type, { version, upcasters }]) => {
    const sample = `${type}.v${version}.json`;
    const missing = samples.has(sample)
      ? []
      : [`${SAMPLES_PATH}/${sample} is missing: add one envelope as published.`];
    for (let from = 1; from < version; from += 1)
      if (!upcasters[from])
        missing.push(`${type} has version ${version}, but no upcaster from version ${from}.`);
    return missing;
  });
}
