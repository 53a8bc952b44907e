import { readFile } from 'node:fs/promises';
import { printSchema, Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, parse } from 'graphql';

/** A schema loader for the code generator: of a supergraph file, what clients see. */
export default async function apiSchema(file: string): Promise<DocumentNode> {
  const supergraph = Supergraph.build(await readFile(file, 'utf8'), { supportedFeatures: null });
  return parse(printSchema(supergraph.apiSchema()));
}
