import { printSchema, Supergraph } from '@apollo/federation-internals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { DeclaredChange } from './declarations.ts';

/** One change of the client's schema; `path` and `type` are GraphQL Inspector's. */
export interface SchemaChange {
  path: string;
  type: string;
  message: string;
}

/** The changes a client may notice, each in one list. */
export interface BreakingChanges {
  /** Breaking, and nobody declared it. */
  undeclared: SchemaChange[];
  /** Breaking, with the reason that its declaration gives. */
  declared: (SchemaChange & { reason: string })[];
  /** Valid for every operation, but able to surprise one: a new enum value, for instance. */
  dangerous: SchemaChange[];
  /** Declarations that match no breaking change. */
  staleDeclarations: DeclaredChange[];
}

/** Compares what clients see of two supergraph SDLs; throws when either is no valid supergraph. */
export async function breakingChanges(
  beforeSupergraph: string,
  afterSupergraph: string,
  declared: readonly DeclaredChange[],
): Promise<BreakingChanges> {
  const changes = await diff(apiSchema(beforeSupergraph), apiSchema(afterSupergraph));
  const result: BreakingChanges = { undeclared: [], declared: [], dangerous: [], staleDeclarations: [] };
  const matched = new Set<DeclaredChange>();
  for (const { criticality, path = 'schema', type, message } of changes) {
    const change: SchemaChange = { path, type: String(type), message };
    if (criticality.level === CriticalityLevel.Dangerous) result.dangerous.push(change);
    if (criticality.level !== CriticalityLevel.Breaking) continue;
    const declaration = declared.find((entry) => entry.path === path && entry.type === change.type);
    if (declaration) {
      matched.add(declaration);
      result.declared.push({ ...change, reason: declaration.reason });
    } else {
      result.undeclared.push(change);
    }
  }
  result.staleDeclarations = declared.filter((entry) => !matched.has(entry));
  return result;
}

/**
 * The schema that clients see, without federation's own types and what is `@inaccessible`. It goes through text:
 * Apollo's schema classes are its own, and graphql-js accepts only objects of the copy that GraphQL Inspector uses.
 */
function apiSchema(supergraphSdl: string): GraphQLSchema {
  return buildSchema(printSchema(Supergraph.build(supergraphSdl, { supportedFeatures: null }).apiSchema()));
}
