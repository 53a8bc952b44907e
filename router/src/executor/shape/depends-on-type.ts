import type { GraphQLAbstractType, GraphQLCompositeType, GraphQLSchema, SelectionSetNode } from 'graphql';
import { collectFields, type Fragments } from '../../syntax/selections.ts';
import { partOf } from '../deferred-fragments.ts';

/** Whether some objects of an abstract type have more of a selection than others. */
export function dependsOnType(
  type: GraphQLAbstractType,
  sets: readonly SelectionSetNode[],
  { schema, fragments }: { readonly schema: GraphQLSchema; readonly fragments: Fragments },
): boolean {
  const countOn = (each: GraphQLCompositeType): number => {
    let deferred = 0;
    const fields = collectFields(sets, each, schema, fragments, (fragment) => {
      if (partOf(fragment) === undefined) return false;
      deferred += 1;
      return true;
    });
    return [...fields.values()].flat().length + deferred;
  };
  return schema.getPossibleTypes(type).some((possible) => countOn(possible) > countOn(type));
}
