import { type CompositionSuccess, composeServices } from '@apollo/composition';
import { type ASTNode, type DocumentNode, GraphQLError } from 'graphql';
import { subgraphTypeDefs } from '../type-defs.ts';
import { inputDefaults } from './input-defaults.ts';
import { leavesOut } from './left-out.ts';
import type { Subgraph } from './subgraphs.ts';
import { unsupportedFeatures } from './supported-features.ts';

type Hint = CompositionSuccess['hints'][number];

/** A position in a subgraph's SDL; `line` is counted from 1 and absent where composition names no node. */
export interface Place {
  subgraph: string;
  line?: number;
}

/** What composition remarks on without refusing, of level `WARN`, `INFO` or `DEBUG`. */
export interface CompositionHint {
  level: string;
  code: string;
  message: string;
  /** The schema coordinate, `Type.field` for instance, if the hint is about one. */
  coordinate?: string;
  places: Place[];
}

/** Why there is no supergraph; `code` is Apollo's (`FIELD_TYPE_MISMATCH`, `SATISFIABILITY_ERROR`, …). */
export interface CompositionError {
  code: string;
  message: string;
  places: Place[];
}

export type Composition =
  | { supergraphSdl: string; hints: CompositionHint[]; errors?: undefined }
  | { errors: CompositionError[] };

/**
 * Composes the subgraphs, with the types they share, by Federation 2. Errors in an SDL, syntax errors too, are `errors`, and
 * so is what composition would leave out of the supergraph.
 */
export function composeSubgraphs(subgraphs: readonly Subgraph[]): Composition {
  const services: { name: string; url: string; typeDefs: DocumentNode }[] = [];
  const refused: CompositionError[] = [];
  for (const { name, url, sdl } of subgraphs) {
    const refuse = ({ message, locations, extensions: { code = 'INVALID_GRAPHQL' } }: GraphQLError) => {
      const line = locations?.[0]?.line;
      const place = { subgraph: name, ...(line !== undefined && { line }) };
      refused.push({ code: String(code), message, places: [place] });
    };
    try {
      const typeDefs = subgraphTypeDefs(name, sdl);
      inputDefaults(typeDefs).forEach(refuse);
      services.push({ name, url, typeDefs });
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      refuse(error);
    }
  }
  if (refused.length > 0) return { errors: refused };

  const result = composeServices(services);
  if (result.errors) return { errors: result.errors.map(describeError) };
  const leftOut = result.hints.filter(({ definition }) => leavesOut.has(definition.code));
  if (leftOut.length > 0) return { errors: leftOut.map(describeLeftOut) };
  const unsupported = unsupportedFeatures(result.supergraphSdl);
  if (unsupported.length > 0) return { errors: unsupported.map(describeError) };
  return { supergraphSdl: result.supergraphSdl, hints: result.hints.map(describeHint) };
}

function describeError(error: GraphQLError): CompositionError {
  return {
    code: String(error.extensions.code ?? 'UNKNOWN'),
    message: error.message,
    places: placesOf(error.nodes),
  };
}

function describeLeftOut({ definition, message, nodes }: Hint): CompositionError {
  const advice = 'Declare it alike in all of them, or under names of their own.';
  return { code: definition.code, message: `${message}\n${advice}`, places: placesOf(nodes) };
}

function describeHint(hint: Hint): CompositionHint {
  return {
    level: hint.definition.level.name,
    code: hint.definition.code,
    message: hint.message,
    ...(hint.coordinate !== undefined && { coordinate: hint.coordinate }),
    places: placesOf(hint.nodes),
  };
}

/** Apollo marks a node with its subgraph where it knows it; other nodes say nothing about where to look. */
function placesOf(nodes: readonly (ASTNode & { subgraph?: string })[] = []): Place[] {
  return nodes.flatMap(({ subgraph, loc }) => {
    if (subgraph === undefined) return [];
    return [{ subgraph, ...(loc !== undefined && { line: loc.startToken.line }) }];
  });
}
