import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface FieldSchema {
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}

interface EventSchema {
  readonly data: { readonly properties: Readonly<Record<string, FieldSchema>> };
}

/** By event, the JSON Schema of its data, as `npm run compose` writes it. */
export const eventSchemas: Readonly<Record<string, EventSchema>> = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../schema/events.json'), 'utf8'),
);
