import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import {
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql';
import { documentOf, withDocument, withoutUnusedVariables } from './fetch-document.ts';
import type { Requirement, Translations } from './translations.ts';

type Parts = Map<string, Set<string>>;

/**
 * A fetch of entities as the fetches that it takes: a representation holds each field once, so fields whose
 * `@requires` read one with different arguments cannot be asked for together. Each of them has all the representations.
 * Nearly always that is the fetch itself, the same object.
 */
export function splitFetch(fetch: FetchNode, translations: Translations): FetchNode[] {
  const requirements = translations.requirements.get(fetch.serviceName);
  if (!requirements || !fetch.requires) return [fetch];
  const document = documentOf(fetch);
  const parts: Parts[] = [];
  const partOf = new Map<FieldNode, number>();
  for (const { field, type } of entityFields(document)) {
    const name = translations.fields.get(field.name.value)?.field ?? field.name.value;
    const requirement = requirements.get(`${type}.${name}`) ?? new Map();
    const fits = parts.findIndex((part) => isCompatible(part, requirement));
    const index = fits < 0 ? parts.push(new Map()) - 1 : fits;
    for (const [path, names] of requirement) parts[index]?.set(path, new Set(names));
    partOf.set(field, index);
  }
  if (parts.length < 2) return [fetch];
  return parts.map((part, index) => {
    const kept = keepFields(fetch, document, (field) => (partOf.get(field) ?? index) === index);
    return { ...kept, requires: selectionsFor(part, fetch.requires ?? [], translations, '') };
  });
}

/** The fetch with these fields of its document alone. */
export function keepFields(
  fetch: FetchNode,
  document: DocumentNode,
  isKept: (field: FieldNode) => boolean,
): FetchNode {
  const kept = visit(document, {
    Field: (field) => (isKept(field) ? undefined : null),
    InlineFragment: { leave: (fragment) => (isEmpty(fragment) ? null : undefined) },
  });
  return withDocument(fetch, withoutUnusedVariables(kept));
}

const isEmpty = (fragment: InlineFragmentNode) => fragment.selectionSet.selections.length === 0;

const isCompatible = (part: Parts, requirement: Requirement) =>
  requirement.entries().every(([path, names]) => {
    const known = part.get(path);
    return known === undefined || known.symmetricDifference(names).size === 0;
  });

/** The fields asked for directly on entities, with the types that the fetch enters. */
export function entityFields(document: DocumentNode): { field: FieldNode; type: string }[] {
  const collect = (
    selections: readonly SelectionNode[],
    type: string,
  ): { field: FieldNode; type: string }[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [{ field: selection, type }];
      if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
      return collect(selection.selectionSet.selections, selection.typeCondition?.name.value ?? type);
    });
  return document.definitions.flatMap((definition) => {
    const roots = definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [];
    return roots.flatMap((root) =>
      root.kind === Kind.FIELD ? collect(root.selectionSet?.selections ?? [], '_Entity') : [],
    );
  });
}

/** The representations' selections without the synthetic fields that other parts read at the same place. */
function selectionsFor(
  part: Parts,
  selections: readonly QueryPlanSelectionNode[],
  translations: Translations,
  prefix: string,
): QueryPlanSelectionNode[] {
  return selections.flatMap((selection): QueryPlanSelectionNode[] => {
    if (selection.kind === 'InlineFragment') {
      const inner = selectionsFor(part, selection.selections, translations, prefix);
      return [{ ...selection, selections: inner }];
    }
    const synthetic = translations.fields.get(selection.name);
    const path = `${prefix}${synthetic?.field ?? selection.name}`;
    if (synthetic && !part.get(path)?.has(selection.name)) return [];
    if (!selection.selections) return [selection];
    return [
      { ...selection, selections: selectionsFor(part, selection.selections, translations, `${path}.`) },
    ];
  });
}
