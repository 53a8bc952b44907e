import { type Limits, validateDocument } from '@airline/service/server';
import { type DocumentNode, type GraphQLSchema, NoSchemaIntrospectionCustomRule } from 'graphql';
import type { Refused } from '../refusal.ts';
import { deferRules } from './defer-rules.ts';
import type { ShapeErrors } from './shape.ts';

/** Checks a document against the schema that clients see. */
export function refuseInvalid(
  schema: GraphQLSchema,
  document: DocumentNode,
  { limits, introspection, shape }: { limits: Limits; introspection: boolean; shape: ShapeErrors },
): Refused | undefined {
  const rules = introspection ? deferRules : [...deferRules, NoSchemaIntrospectionCustomRule];
  const errors = validateDocument(schema, document, { limits, rules });
  return errors.length === 0 ? undefined : { status: 400, errors: shape(errors) };
}
