import { printSchema, Supergraph } from '@apollo/federation-internals';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { DeclaredChange } from './declarations.ts';

/** One change of a contract; of the client's schema, `path` and `type` are GraphQL Inspector's. */
export interface SchemaChange {
  path: string;
  type: string;
  message: string;
}

export interface Changes {
  breaking: SchemaChange[];
  /** Valid for every operation or event, but able to surprise: a new enum value, for example. */
  dangerous: SchemaChange[];
}

/** Changes by whether they are declared. */
export interface JudgedChanges extends Pick<Changes, 'dangerous'> {
  undeclared: SchemaChange[];
  /** Breaking, with the reason that its declaration gives. */
  declared: (SchemaChange & { reason: string })[];
  /** Declarations that match no breaking change. */
  staleDeclarations: DeclaredChange[];
}

/** Compares what clients see of two supergraph SDLs; throws when either is no valid supergraph. */
export async function clientChanges(beforeSupergraph: string, afterSupergraph: string): Promise<Changes> {
  const changes: Changes = { breaking: [], dangerous: [] };
  for (const change of await diff(apiSchema(beforeSupergraph), apiSchema(afterSupergraph))) {
    const { criticality, path = 'schema', type, message } = change;
    const entry = { path, type: String(type), message };
    if (criticality.level === CriticalityLevel.Breaking) changes.breaking.push(entry);
    if (criticality.level === CriticalityLevel.Dangerous) changes.dangerous.push(entry);
  }
  return changes;
}

/** Finds the declaration of each breaking change, by path and type. */
export function judge({ breaking, dangerous }: Changes, declared: readonly DeclaredChange[]): JudgedChanges {
  const result: JudgedChanges = { undeclared: [], declared: [], dangerous, staleDeclarations: [] };
  const matched = new Set<DeclaredChange>();
  for (const change of breaking) {
    const declaration = declared.find(({ path, type }) => path === change.path && type === change.type);
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
