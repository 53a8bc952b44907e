import { type Limits, variableErrors, withCode } from '@airline/service/server';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Refused } from '../request.ts';
import type { ShapeErrors } from './shape.ts';

/** Checks variables against what the operation declares, and reports a limited number of wrong values. */
export function limitVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  { limits, shape }: { limits: Limits; shape: ShapeErrors },
): Refused | undefined {
  const { errors } = variableErrors(schema, operation, variables, limits);
  if (errors.length === 0) return undefined;
  return { status: 400, errors: shape(errors.map((error) => withCode(error, 'BAD_USER_INPUT'))) };
}
