import { plugin as resolversPlugin } from '@graphql-codegen/typescript-resolvers';

const REFERENCE_AS_RESULT = ' | FederationReferenceType, FederationReferenceType,';

/**
 * `typescript-resolvers`, with two differences. The original lets `__resolveReference` return the bare reference in place
 * of a row, which compiles and then fails for every field that the row should have held. And the original's `Resolvers`
 * requires nothing: `SubgraphResolvers` requires each field that its parent does not hold.
 */
export const plugin: typeof resolversPlugin = async (...arguments_) => {
  const { content, prepend = [] } = await resolversPlugin(...arguments_);
  if (content.includes('__resolveReference') && !content.includes(REFERENCE_AS_RESULT)) {
    throw new Error('typescript-resolvers writes __resolveReference otherwise: see resolvers-plugin.ts.');
  }
  return {
    prepend: [...prepend, "import type { CompleteResolvers } from '@airline/service';"],
    content: `${content.replaceAll(REFERENCE_AS_RESULT, ', FederationReferenceType,')}
/** What \`resolvers/index.ts\` exports. */
export type SubgraphResolvers = CompleteResolvers<Resolvers, ResolversParentTypes>;`,
  };
};
