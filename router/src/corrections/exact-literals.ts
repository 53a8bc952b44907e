import { randomUUID } from 'node:crypto';
import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FloatValueNode,
  type GraphQLSchema,
  getNamedType,
  type IntValueNode,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type StringValueNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** Begins the texts that stand for numbers; nobody else can know it. */
const MARK = `${randomUUID()} `;
/** As a text within the JSON of a plan. */
const MARKED = new RegExp(String.raw`\\"${MARK}([-+.\deE]+)\\"`, 'g');

/**
 * The operation with texts in place of what the planner would write otherwise: it reads literals of custom scalars as
 * doubles. Validate it before. The same object when there is no number that a double would change, as 1.0 and -0.
 */
export function markNumbers(document: DocumentNode, schema: GraphQLSchema): DocumentNode {
  const types = new TypeInfo(schema);
  const isCustom = () => {
    const type = getNamedType(types.getInputType());
    // What is inside a value of a custom scalar has no type.
    return type === undefined || (isScalarType(type) && !isSpecifiedScalarType(type));
  };
  const mark = ({ value }: IntValueNode | FloatValueNode): StringValueNode | undefined =>
    String(Number(value)) === value || !isCustom() ? undefined : { kind: Kind.STRING, value: MARK + value };
  return visit(document, visitWithTypeInfo(types, { IntValue: mark, FloatValue: mark }));
}

/** The plan of such an operation, with its numbers. */
export const restoreNumbers = (plan: QueryPlan): QueryPlan =>
  JSON.parse(JSON.stringify(plan).replace(MARKED, '$1'));
