import type { Limits } from '@airline/service/server';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type SelectionSetNode,
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
  if (hasConditionalSubscription(document)) {
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

function hasConditionalSubscription(document: DocumentNode): boolean {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  // Fragments form no circle: documents in which they do were refused as they were parsed.
  const isConditional = ({ selections }: SelectionSetNode): boolean =>
    selections.some((selection) => {
      if (selection.directives?.some(({ name }) => name.value === 'skip' || name.value === 'include'))
        return true;
      if (selection.kind === Kind.FIELD) return false;
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      return inner !== undefined && isConditional(inner.selectionSet);
    });
  return document.definitions.some(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      definition.operation === 'subscription' &&
      isConditional(definition.selectionSet),
  );
}
