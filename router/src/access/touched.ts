import type { Rule } from '@airline/service/server';
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { operationOf } from '../corrections/index.ts';
import { isIntrospection } from '../syntax/introspection.ts';
import { type Fragments, fragmentsOf } from '../syntax/selections.ts';
import type { Access } from './access.ts';

/** The types of the objects that a type's values are; none for those of leaves. */
export function objectTypes(type: GraphQLOutputType, schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
}

/** Those of the types whose objects a fragment is for. */
export function narrowed(
  types: readonly GraphQLObjectType[],
  condition: string | undefined,
  schema: GraphQLSchema,
): readonly GraphQLObjectType[] {
  if (condition === undefined) return types;
  const wanted = schema.getType(condition);
  return types.filter(
    (type) => type === wanted || (isAbstractType(wanted) && schema.isSubType(wanted, type)),
  );
}

/** The rules of all that an operation without conditions may come to select, each once. */
export function touchedRules(document: DocumentNode, schema: GraphQLSchema, access: Access): readonly Rule[] {
  const operation = operationOf(document);
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The schema has no ${operation.operation} type.`);
  const touching = new Touching(schema, access, fragmentsOf(document));
  touching.objects([root]);
  touching.select(operation.selectionSet, [root]);
  return [...touching.rules];
}

class Touching {
  readonly rules = new Set<Rule>();
  readonly #schema: GraphQLSchema;
  readonly #access: Access;
  readonly #fragments: Fragments;
  /** By selection set, the names of the types for which it has been looked at. */
  readonly #seen = new Map<SelectionSetNode, Set<string>>();

  constructor(schema: GraphQLSchema, access: Access, fragments: Fragments) {
    this.#schema = schema;
    this.#access = access;
    this.#fragments = fragments;
  }

  objects(types: Iterable<GraphQLObjectType>): void {
    for (const type of types) this.#add(this.#access.ofType(type));
  }

  select(set: SelectionSetNode, types: readonly GraphQLObjectType[]): void {
    if (types.length === 0 || this.#isSeen(set, types)) return;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        this.#field(selection, types);
        continue;
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : this.#fragments.get(selection.name.value);
      if (fragment)
        this.select(fragment.selectionSet, narrowed(types, fragment.typeCondition?.name.value, this.#schema));
    }
  }

  #field({ name: { value: name }, selectionSet }: FieldNode, types: readonly GraphQLObjectType[]): void {
    const returned = new Set<GraphQLObjectType>();
    for (const type of types) {
      this.#add(this.#access.ofField(type, name));
      const definition = isIntrospection(name) ? undefined : type.getFields()[name];
      if (!definition || !selectionSet) continue;
      for (const each of objectTypes(definition.type, this.#schema)) returned.add(each);
    }
    this.objects(returned);
    if (selectionSet) this.select(selectionSet, [...returned]);
  }

  #isSeen(set: SelectionSetNode, types: readonly GraphQLObjectType[]): boolean {
    const names = types.map(({ name }) => name).join();
    const seen = this.#seen.get(set) ?? new Set();
    this.#seen.set(set, seen);
    if (seen.has(names)) return true;
    seen.add(names);
    return false;
  }

  #add(rule: Rule | undefined): void {
    if (rule) this.rules.add(rule);
  }
}
