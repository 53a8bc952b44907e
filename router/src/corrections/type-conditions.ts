import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { selectionBudget } from '../syntax/selection-budget.ts';
import { operationOf } from './fetch-document.ts';

/**
 * An operation without named fragments that selects of an interface's objects by their own types, never by another interface
 * or a union: the planner takes an interface object for each of its types, but leaves out what is for several of them.
 *
 * @param document an operation without conditions
 * @param fragments its fragments, by name
 * @throws GraphQLError DOCUMENT_LIMIT_EXCEEDED
 */
export function selectByType(
  document: DocumentNode,
  schema: GraphQLSchema,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): DocumentNode {
  const operation = operationOf(document);
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const selectionSet = new ByType(schema, fragments).select(operation.selectionSet, root);
  return { ...document, definitions: [{ ...operation, selectionSet }] };
}

class ByType {
  readonly #schema: GraphQLSchema;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #count = selectionBudget(
    (most) => `The operation has more than ${most} fields of single types; split it.`,
  );

  constructor(schema: GraphQLSchema, fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
    this.#schema = schema;
    this.#fragments = fragments;
  }

  /** @param type of the objects that the set is for, which may be narrower than what it is written on */
  select(set: SelectionSetNode, type: GraphQLCompositeType): SelectionSetNode {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] => {
      this.#count();
      return selection.kind === Kind.FIELD ? [this.#field(selection, type)] : this.#fragment(selection, type);
    });
    return { ...set, selections };
  }

  #field(field: FieldNode, type: GraphQLCompositeType): FieldNode {
    const definition = isUnionType(type) ? undefined : type.getFields()[field.name.value];
    const returned = getNamedType(definition?.type);
    if (!field.selectionSet || !isCompositeType(returned)) return field;
    return { ...field, selectionSet: this.select(field.selectionSet, returned) };
  }

  #fragment(
    selection: InlineFragmentNode | FragmentSpreadNode,
    type: GraphQLCompositeType,
  ): readonly SelectionNode[] {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (!fragment) return [];
    const named = this.#schema.getType(fragment.typeCondition?.name.value ?? type.name);
    const on = isCompositeType(named) ? named : type;
    const { directives = [] } = selection;
    const of = (narrow?: GraphQLCompositeType): InlineFragmentNode => ({
      kind: Kind.INLINE_FRAGMENT,
      ...(narrow && { typeCondition: namedType(narrow) }),
      directives,
      selectionSet: this.select(fragment.selectionSet, narrow ?? type),
    });
    if (on === type) return [of()];
    if (isUnionType(type)) return [of(on)];
    if (isAbstractType(on) && this.#schema.isSubType(on, type)) return [of()];
    if (isObjectType(type)) return [];
    if (!isAbstractType(on)) return [of(on)];
    const common = this.#schema.getPossibleTypes(type).filter((each) => this.#schema.isSubType(on, each));
    return common.map((each) => of(each));
  }
}

const namedType = ({ name }: GraphQLCompositeType) =>
  ({ kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: name } }) as const;
