import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql';
import { withCode } from '../errors/errors.ts';
import type { Limits } from '../limits/limits.ts';
import { literalTexts } from '../limits/literal-texts.ts';
import { conditionalRoot } from './conditional-root.ts';

/**
 * Validates a document by the rules of the GraphQL specification and that of literals.
 * @returns errors with the code GRAPHQL_VALIDATION_FAILED; none for a valid document
 */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  { limits, rules = [] }: { readonly limits: Limits; readonly rules?: readonly ValidationRule[] },
): readonly GraphQLError[] {
  const conditional = conditionalRoot(document);
  const errors = conditional
    ? [
        new GraphQLError('The root field of a subscription cannot have @skip or @include.', {
          nodes: conditional,
        }),
      ]
    : validate(schema, document, [...specifiedRules, literalTexts(limits), ...rules], {
        maxErrors: limits.validationErrors,
      });
  return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
}
