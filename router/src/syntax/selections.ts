import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  type InlineFragmentNode,
  isAbstractType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { isIntrospection } from './introspection.ts';

/** Fragment definitions by name. */
export type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

export const fragmentsOf = ({ definitions }: DocumentNode): Fragments =>
  new Map(
    definitions.flatMap((node) =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
    ),
  );

/**
 * The fields that selection sets have on a type, by response name, in order: "CollectFields" of the GraphQL specification,
 * for selections without `@skip` and `@include`. For an abstract type: those that all its objects have.
 *
 * @param defer takes a fragment if it is deferred, so that its fields are none of these; by default they are
 */
export function collectFields(
  sets: readonly SelectionSetNode[],
  type: GraphQLCompositeType,
  schema: GraphQLSchema,
  fragments: Fragments,
  defer: (fragment: InlineFragmentNode) => boolean = () => false,
): Map<string, [FieldNode, ...FieldNode[]]> {
  const fields = new Map<string, [FieldNode, ...FieldNode[]]>();
  const spread = new Set<string>();
  const collect = ({ selections }: SelectionSetNode): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = (selection.alias ?? selection.name).value;
        const known = fields.get(key);
        if (known) known.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : spreadOnce(selection.name.value);
      if (!fragment || !applies(fragment.typeCondition?.name.value, type, schema)) continue;
      if (selection.kind === Kind.INLINE_FRAGMENT && defer(selection)) continue;
      collect(fragment.selectionSet);
    }
  };
  const spreadOnce = (name: string): FragmentDefinitionNode | undefined => {
    if (spread.has(name)) return undefined;
    spread.add(name);
    return fragments.get(name);
  };
  for (const set of sets) collect(set);
  return fields;
}

/** How many fields and fragments a selection set has, fragments expanded; of a valid document. */
export const countSelections = ({ selections }: SelectionSetNode, fragments: Fragments): number =>
  selections.reduce((count, selection) => {
    const { selectionSet } =
      selection.kind === Kind.FRAGMENT_SPREAD ? (fragments.get(selection.name.value) ?? {}) : selection;
    return count + 1 + (selectionSet ? countSelections(selectionSet, fragments) : 0);
  }, 0);

/** Selections without what no response depends on: arguments, and the directives of fields; but for those of introspection. */
export function bareSelections({ kind, selections }: SelectionSetNode): SelectionSetNode {
  return { kind, selections: selections.map(bare) };
}

function bare(selection: SelectionNode): SelectionNode {
  const { kind } = selection;
  if (kind === Kind.FRAGMENT_SPREAD) return { kind, name: selection.name };
  if (kind === Kind.INLINE_FRAGMENT) {
    const { typeCondition, directives = [], selectionSet } = selection;
    return {
      kind,
      ...(typeCondition && { typeCondition }),
      ...(directives.length > 0 && { directives }),
      selectionSet: bareSelections(selectionSet),
    };
  }
  const { alias, name, selectionSet } = selection;
  if (isIntrospection(name.value)) return selection;
  return {
    kind,
    name,
    ...(alias && { alias }),
    ...(selectionSet && { selectionSet: bareSelections(selectionSet) }),
  };
}

function applies(condition: string | undefined, type: GraphQLCompositeType, schema: GraphQLSchema): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wanted = schema.getType(condition);
  return isAbstractType(wanted) && !isUnionType(type) && schema.isSubType(wanted, type);
}
