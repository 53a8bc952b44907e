import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind, type SelectionSetNode } from 'graphql';
import {
  documentOf,
  entityFields,
  keepFields,
  namesOf,
  type RequiredOfObjects,
  selectionsOf,
  withoutAlias,
} from '../corrections/index.ts';
import { isOfType } from './is-of-type.ts';
import type { PlannedStep } from './plan-steps.ts';

type Placed = PlannedStep['fetches'][number];

/** By the path of a field, the types of the objects that it is fetched for; undefined where they are not narrowed. */
type FetchedTypes = Map<string, Set<string | undefined>>;

/**
 * Where a client selects a field of an interface object on some types alone, the planner fetches what it requires for these, and
 * has one request require it for all types, so that the others would not be asked for anything. What requires it is a fetch apart.
 */
export function splitByType(
  fetches: readonly Placed[],
  schema: GraphQLSchema,
  required: RequiredOfObjects,
): (fetch: Placed) => readonly Placed[] {
  if (required.size === 0) return (fetch) => [fetch];
  const types: FetchedTypes = new Map();
  for (const { node, path } of fetches) collect(types, selectionsOf(node), namesOf(path));
  return ({ node, path }) => {
    const requiredBy = required.get(node.serviceName);
    if (!requiredBy || !node.requires) return [{ node, path }];
    const document = documentOf(node);
    const asked = entityFields(document);
    const isLacking = (type: string, name: string) => {
      const fetched = types.get(placeOf(namesOf(path), name)) ?? [];
      return [...fetched].every((narrow) => narrow !== undefined && !isOfType(schema, type, narrow));
    };
    const apart = new Set<(typeof asked)[number]['field']>();
    const lacking = new Set<string>();
    for (const { field, type } of asked) {
      const names = [...(requiredBy.get(`${type}.${field.name.value}`) ?? [])];
      const some = names.filter((name) => isLacking(type, name));
      if (some.length > 0) apart.add(field);
      for (const name of some) lacking.add(name);
    }
    const together = new Set(asked.flatMap(({ field }) => (apart.has(field) ? [] : [field])));
    if (apart.size === 0 || together.size === 0) return [{ node, path }];
    const rest = keepFields(node, document, (field) => !apart.has(field));
    return [
      { node: { ...rest, requires: without(lacking, node.requires) }, path },
      { node: keepFields(node, document, (field) => !together.has(field)), path },
    ];
  };
}

const without = (
  names: ReadonlySet<string>,
  selections: readonly QueryPlanSelectionNode[],
): QueryPlanSelectionNode[] =>
  selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'Field') return names.has(selection.name) ? [] : [selection];
    return [{ ...selection, selections: without(names, selection.selections) }];
  });

function collect(types: FetchedTypes, set: SelectionSetNode, path: readonly string[], type?: string): void {
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(types, selection.selectionSet, path, selection.typeCondition?.name.value ?? type);
      continue;
    }
    const name = withoutAlias((selection.alias ?? selection.name).value);
    const place = placeOf(path, name);
    types.set(place, (types.get(place) ?? new Set()).add(type));
    if (selection.selectionSet) collect(types, selection.selectionSet, [...path, name]);
  }
}

const placeOf = (path: readonly string[], name: string) => [...path, name].join('.');
