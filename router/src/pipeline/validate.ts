import { conditionalRoot, type Limits } from '@airline/service/server';
import {
  type DocumentNode,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import { type Refused, refuse, withCode } from './refusal.ts';
import type { ShapeErrors } from './shape.ts';

/** Checks a document against the schema ("Validation" of the GraphQL specification). */
export function validateDocument(
  schema: GraphQLSchema,
  document: DocumentNode,
  options: { limits: Limits; introspection: boolean; shape: ShapeErrors },
): Refused | undefined {
  const { limits, introspection, shape } = options;
  if (conditionalRoot(document)) {
    // graphql-js and the planner throw on these, which would close a whole socket for one operation.
    return refuse(
      'GRAPHQL_VALIDATION_FAILED',
      'The root field of a subscription may carry neither @skip nor @include.',
    );
  }
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, { maxErrors: limits.validationErrors });
  if (errors.length === 0) return undefined;
  return { status: 400, errors: shape(errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'))) };
}
