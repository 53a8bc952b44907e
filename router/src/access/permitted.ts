import {
  type DocumentNode,
  type FieldNode,
  type FragmentSpreadNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  getNamedType,
  type InlineFragmentNode,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { operationOf } from '../corrections/index.ts';
import { isIntrospection } from '../syntax/introspection.ts';
import { selectionBudget } from '../syntax/selection-budget.ts';
import { type Fragments, fragmentsOf } from '../syntax/selections.ts';
import type { Denials } from './denials.ts';
import { narrowed, objectTypes } from './touched.ts';

const TYPENAME = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;

/**
 * The part of an operation without conditions that its caller may see, without named fragments. What is selected of an
 * interface and may be seen of some of its types only is selected of these. Selection sets may become empty.
 *
 * @throws GraphQLError DOCUMENT_LIMIT_EXCEEDED
 */
export function permittedDocument(document: DocumentNode, denials: Denials | undefined): DocumentNode {
  if (!denials) return document;
  const operation = operationOf(document);
  const root = denials.schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const selectionSet = new Permitting(denials, fragmentsOf(document)).select(operation.selectionSet, root, [
    root,
  ]);
  return { ...document, definitions: [{ ...operation, selectionSet }] };
}

class Permitting {
  readonly #denials: Denials;
  readonly #fragments: Fragments;
  readonly #count = selectionBudget(
    (most) => `What this caller may see of the operation has more than ${most} fields; split it.`,
  );

  constructor(denials: Denials, fragments: Fragments) {
    this.#denials = denials;
    this.#fragments = fragments;
  }

  /**
   * @param parent the type that the set is on
   * @param types of the objects that it may be for
   */
  select(
    set: SelectionSetNode,
    parent: GraphQLCompositeType,
    types: readonly GraphQLObjectType[],
  ): SelectionSetNode {
    const selections = set.selections.flatMap((selection): readonly SelectionNode[] =>
      selection.kind === Kind.FIELD
        ? this.#field(selection, parent, types)
        : this.#fragment(selection, parent, types),
    );
    // What is null for the client depends on the object's type.
    const isTyped = isAbstractType(parent) && types.some((type) => this.#denials.hasType(type));
    return { ...set, selections: isTyped ? [TYPENAME, ...selections] : selections };
  }

  #field(
    field: FieldNode,
    parent: GraphQLCompositeType,
    types: readonly GraphQLObjectType[],
  ): readonly SelectionNode[] {
    const name = field.name.value;
    if (name === '__typename' || isIntrospection(name)) return [field];
    const visible = types.filter(
      (type) => !this.#denials.hasType(type) && this.#denials.ofField(type, name) === undefined,
    );
    if (visible.length === types.length) return [this.#below(field, parent, visible)];
    return visible.map(
      (type): InlineFragmentNode => ({
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
        selectionSet: { kind: Kind.SELECTION_SET, selections: [this.#below(field, type, [type])] },
      }),
    );
  }

  /** The field with what may be seen of what it returns. */
  #below(field: FieldNode, parent: GraphQLCompositeType, types: readonly GraphQLObjectType[]): FieldNode {
    this.#count();
    const { selectionSet, name } = field;
    if (!selectionSet) return field;
    const { schema } = this.#denials;
    const typeOn = (type: GraphQLCompositeType) => {
      const definition = isUnionType(type) ? undefined : type.getFields()[name.value];
      if (!definition) throw new Error(`The schema has no field ${type.name}.${name.value}.`);
      return definition.type;
    };
    const returned = getNamedType(typeOn(parent));
    if (!isCompositeType(returned)) throw new Error(`${parent.name}.${name.value} returns no object.`);
    const objects = new Set(types.flatMap((type) => objectTypes(typeOn(type), schema)));
    return { ...field, selectionSet: this.select(selectionSet, returned, [...objects]) };
  }

  #fragment(
    selection: InlineFragmentNode | FragmentSpreadNode,
    parent: GraphQLCompositeType,
    types: readonly GraphQLObjectType[],
  ): readonly SelectionNode[] {
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
    if (!fragment) return [];
    const { typeCondition, selectionSet } = fragment;
    const { schema } = this.#denials;
    const within = narrowed(types, typeCondition?.name.value, schema);
    // Where all are denied, the set has the type of its objects.
    if (within.every((type) => this.#denials.hasType(type))) return [];
    this.#count();
    const on = schema.getType(typeCondition?.name.value ?? parent.name);
    const permitted = this.select(selectionSet, isCompositeType(on) ? on : parent, within);
    const { directives = [] } = selection;
    return [
      {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition && { typeCondition }),
        directives,
        selectionSet: permitted,
      },
    ];
  }
}
