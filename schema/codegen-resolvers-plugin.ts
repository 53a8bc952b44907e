import { plugin as resolversPlugin } from '@graphql-codegen/typescript-resolvers';

const REFERENCE_AS_RESULT = ' | FederationReferenceType, FederationReferenceType,';

/**
 * `typescript-resolvers`, stricter about entities. The original lets `__resolveReference` hand back the bare reference
 * in place of a row, which compiles and then fails for every field that the row should have held.
 */
export const plugin: typeof resolversPlugin = async (...arguments_) => {
  const output = await resolversPlugin(...arguments_);
  if (output.content.includes('__resolveReference') && !output.content.includes(REFERENCE_AS_RESULT)) {
    throw new Error(
      'typescript-resolvers writes __resolveReference otherwise: see codegen-resolvers-plugin.ts.',
    );
  }
  return { ...output, content: output.content.replaceAll(REFERENCE_AS_RESULT, ', FederationReferenceType,') };
};
