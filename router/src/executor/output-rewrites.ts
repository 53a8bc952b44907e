import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { isTree } from '../tree.ts';
import { isOfType } from './is-of-type.ts';
import { conditionOf } from './representation-writer.ts';

/** Applies a plan's rewrites of a subgraph's data, in place. */
export type Rewriter = (data: unknown) => void;

/**
 * The planner gives fields of one name that do not merge an alias each, and has it renamed back in the data, whatever
 * its value.
 */
export function outputRewriter(
  rewrites: readonly FetchDataRewrite[] | undefined,
  schema: GraphQLSchema,
): Rewriter | undefined {
  if (!rewrites || rewrites.length === 0) return undefined;
  return (data) => {
    for (const rewrite of rewrites) apply(rewrite, 0, data, schema);
  };
}

function apply(rewrite: FetchDataRewrite, step: number, value: unknown, schema: GraphQLSchema): void {
  if (Array.isArray(value)) {
    for (const element of value) apply(rewrite, step, element, schema);
    return;
  }
  const name = rewrite.path[step];
  if (!isTree(value) || name === undefined) return;
  const condition = conditionOf(name);
  if (condition !== undefined) {
    const { __typename: typename } = value;
    // The planner asks for `__typename` wherever more than one type is possible.
    if (typename === undefined || isOfType(schema, typename, condition))
      apply(rewrite, step + 1, value, schema);
  } else if (step < rewrite.path.length - 1) apply(rewrite, step + 1, value[name], schema);
  else if (rewrite.kind === 'ValueSetter') value[name] = rewrite.setValueTo;
  else if (value[name] !== undefined) {
    value[rewrite.renameKeyTo] = value[name];
    value[name] = undefined;
  }
}
