import type { GraphQLDataSource } from '@apollo/gateway';
import { renameFalsy } from './planner-aliases.ts';
import type { RenamingTree, Translations } from './translations.ts';

/**
 * The data source of a subgraph for corrected plans: its representations have the subgraph's own field names, and its
 * responses lose no falsy value under the planner's aliases. It must be the outermost one, also around the source of a
 * subscription's primary fetch.
 */
export function correctDataSource(
  source: GraphQLDataSource,
  subgraph: string,
  translations: Translations,
): GraphQLDataSource {
  return {
    process: async (options) => {
      const { variables } = options.request;
      const representations: unknown = variables?.representations;
      const translated = Array.isArray(representations)
        ? translateRepresentations(representations, subgraph, translations)
        : representations;
      const request =
        translated === representations
          ? options.request
          : { ...options.request, variables: { ...variables, representations: translated } };
      const response = await source.process({ ...options, request });
      renameFalsy(request.query, response.data);
      return response;
    },
  };
}

/** Representations as the subgraph's `@requires` expect them. Those given are left as they are. */
export function translateRepresentations(
  representations: readonly unknown[],
  subgraph: string,
  translations: Translations,
): readonly unknown[] {
  const tree = translations.renamings.get(subgraph);
  return tree ? representations.map((representation) => rename(representation, tree)) : representations;
}

function rename(value: unknown, tree: RenamingTree): unknown {
  if (Array.isArray(value)) return value.map((element) => rename(element, tree));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const below = tree.below.get(key);
      return [tree.names.get(key) ?? key, below ? rename(inner, below) : inner];
    }),
  );
}
