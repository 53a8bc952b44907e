import { readFile } from 'node:fs/promises';
import type { DocumentNode } from 'graphql';
import { ownTypeDefs } from '../type-defs.ts';

/** A schema loader for the code generator: of a subgraph's SDL file, what the subgraph resolves itself. */
export default async function ownSchema(file: string): Promise<DocumentNode> {
  return ownTypeDefs(await readFile(file, 'utf8'));
}
