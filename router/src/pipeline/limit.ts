import { type Limits, variableErrors, withCode } from '@airline/service/server';
import { type GraphQLSchema, getOperationAST, parse } from 'graphql';
import { rounded } from '../raw-json.ts';
import type { Refused } from '../refusal.ts';
import type { CheckedOperation } from './operation.ts';
import type { ShapeErrors } from './shape.ts';

/** Checks variables against what the operation declares, and reports a limited number of wrong values. */
export function limitVariables(
  schema: GraphQLSchema,
  operation: Pick<CheckedOperation, 'name' | 'variableDefinitions'>,
  { text, variables }: { readonly text: string; readonly variables: Readonly<Record<string, unknown>> },
  { limits, shape }: { limits: Limits; shape: ShapeErrors },
): Refused | undefined {
  if (variableErrors(schema, operation, variables, limits).errors.length === 0) return undefined;
  // Errors have locations, which are not kept. Of scalars, only custom ones take integers beyond 53 bits as they are kept.
  const located = getOperationAST(parse(text), operation.name);
  const doubles = Object.entries(variables).map(([name, value]) => [name, rounded(value)]);
  const { errors } = variableErrors(schema, located, Object.fromEntries(doubles), limits);
  if (errors.length === 0) return undefined;
  return { status: 400, errors: shape(errors.map((error) => withCode(error, 'BAD_USER_INPUT'))) };
}
