import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface FieldSchema {
  readonly enum?: readonly unknown[];
  /** Of a field that may be null: what it is else. */
  readonly anyOf?: readonly FieldSchema[];
  readonly default?: unknown;
}

interface EventSchema {
  readonly data: { readonly properties: Readonly<Record<string, FieldSchema>> };
}

/** By event, the JSON Schema of its data, as `npm run compose` writes it. */
export const eventSchemas: Readonly<Record<string, EventSchema>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schema/events.json'), 'utf8'),
);

/** The values of an enum, which may be null besides. */
export const valuesOf = (field: FieldSchema | undefined): readonly unknown[] =>
  [field, ...(field?.anyOf ?? [])].flatMap((each) => each?.enum ?? []);
