import { randomUUID } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Begins the texts that stand for integers; nobody else can know it. */
const MARK = `${randomUUID()} `;
/** As a text within the JSON of a plan. */
const MARKED = new RegExp(String.raw`\\"${MARK}(-?\d+)\\"`, 'g');

/**
 * The operation with texts in place of what the planner would round: it reads literals of custom scalars as doubles.
 * Validate it before. The same object when there is no integer beyond 53 bits.
 */
export function markIntegers(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const isCustom = () => {
    const type = getNamedType(types.getInputType());
    // What is inside a value of a custom scalar has no type.
    return type === undefined || (isScalarType(type) && !isSpecifiedScalarType(type));
  };
  return visit(
    document,
    visitWithTypeInfo(types, {
      IntValue: ({ value }) =>
        Number.isSafeInteger(Number(value)) || !isCustom()
          ? undefined
          : { kind: Kind.STRING, value: MARK + value },
    }),
  );
}

/** The plan of such an operation, with its integers. */
export const restoreIntegers = (plan: QueryPlan): QueryPlan =>
  JSON.parse(JSON.stringify(plan).replace(MARKED, '$1'));
