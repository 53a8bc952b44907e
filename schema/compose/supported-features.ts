import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { GraphQLError } from 'graphql';

/** Specifications (https://specs.apollo.dev) beyond those of Apollo's gateway that the router implements. */
export const routerFeatures: ReadonlySet<string> = new Set(
  ['context', 'authenticated', 'requiresScopes', 'policy'].map(
    (name) => `https://specs.apollo.dev/${name}/v0.1`,
  ),
);

/**
 * Why the router would not load a supergraph: a specification that it must know to be right or safe and does not, by its
 * name (`@connect`, for instance), or a part of it that makes no schema.
 */
export function unsupportedFeatures(supergraphSdl: string): readonly GraphQLError[] {
  const supportedFeatures = DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES.union(routerFeatures);
  try {
    Supergraph.build(supergraphSdl, { supportedFeatures }).apiSchema();
    return [];
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const causes = 'causes' in error && Array.isArray(error.causes) ? error.causes : [];
    const errors = causes.filter((cause) => cause instanceof GraphQLError);
    return errors.length > 0 ? errors : [error];
  }
}
