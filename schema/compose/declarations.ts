import path from 'node:path';
import { z } from 'zod';
import { readIfPresent } from './read-if-present.ts';

/** Where breaking changes are declared, relative to the repository's root. */
export const DECLARATIONS_PATH = 'schema/breaking-changes.json';

/**
 * A breaking change made on purpose. `path` and `type` are GraphQL Inspector's, or of an event, as the check prints
 * them: `Flight.cost` and `FIELD_REMOVED`, for example. `reason` is why nothing breaks in practice.
 */
export interface DeclaredChange {
  path: string;
  type: string;
  reason: string;
}

const declarations = z.array(
  z.strictObject({ path: z.string().min(1), type: z.string().min(1), reason: z.string().trim().min(1) }),
);

/** Parses the declarations' JSON text; throws an error that names the entry and the field at fault. */
export function parseDeclarations(text: string): DeclaredChange[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`${DECLARATIONS_PATH} is not JSON.`, { cause });
  }
  const parsed = declarations.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new Error(
    `${DECLARATIONS_PATH} must be a list of { "path", "type", "reason" }:\n${z.prettifyError(parsed.error)}`,
  );
}

/** Reads the declarations under `root`; no file is no declaration. */
export async function readDeclarations(root: string): Promise<DeclaredChange[]> {
  const text = await readIfPresent(path.join(root, DECLARATIONS_PATH));
  return text === undefined ? [] : parseDeclarations(text);
}
