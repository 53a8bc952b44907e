import {
  baseType,
  type CompositeType,
  type DirectiveDefinition,
  type FieldDefinition,
  federationMetadata,
  isCompositeType,
  isUnionType,
  type Schema,
  type Subgraphs,
} from '@apollo/federation-internals';
import type { FetchNode, QueryPlan, QueryPlanSelectionNode } from '@apollo/query-planner';
import { type FieldNode, GraphQLError, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { documentOf, operationOf } from './fetch-document.ts';
import { fetchesOf } from './fetched.ts';
import { parseFieldSet } from './field-sets.ts';

/** Names of fields and of those below them, whatever the types. */
interface Names extends Map<string, Names> {}

/** What a subgraph has of an object that it would not resolve. */
interface Known {
  /** By its representation. */
  readonly sent: Names;
  /** By `@provides` above it. */
  readonly provided: Names;
}

/**
 * Throws a GraphQLError (code INTERNAL_SERVER_ERROR) that names the first field which the plan asks a subgraph for
 * without what the field requires, or although it is external there: the subgraph would answer with something else. Give
 * it the plan as it comes from the planner, with the subgraphs that it was planned for.
 */
export function refuseUnmetRequires(plan: QueryPlan, subgraphs: Subgraphs): void {
  for (const { fetch } of fetchesOf(plan.node)) {
    const schema = subgraphs.get(fetch.serviceName)?.schema;
    const unmet = schema && firstUnmet(fetch, schema);
    if (unmet === undefined) continue;
    throw new GraphQLError(
      `The field "${unmet}" cannot be resolved: the plan asks "${fetch.serviceName}" for it without what it requires.`,
      { extensions: { code: 'INTERNAL_SERVER_ERROR' } },
    );
  }
}

function firstUnmet(fetch: FetchNode, schema: Schema): string | undefined {
  const { operation, selectionSet } = operationOf(documentOf(fetch));
  const root = schema.schemaDefinition.rootType(operation);
  const known = { sent: namesOf(fetch.requires ?? []), provided: new Map() };
  return root && unmetIn(selectionSet, root, namesOf(selectionSet.selections), known);
}

/** @param beside all that is selected of the object */
function unmetIn(
  { selections }: SelectionSetNode,
  type: CompositeType,
  beside: Names,
  known: Known,
): string | undefined {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) continue;
    const unmet =
      selection.kind === Kind.FIELD
        ? unmetOf(selection, type, beside, known)
        : unmetIn(
            selection.selectionSet,
            conditionOf(selection.typeCondition?.name.value, type),
            beside,
            known,
          );
    if (unmet !== undefined) return unmet;
  }
  return undefined;
}

function conditionOf(name: string | undefined, type: CompositeType): CompositeType {
  const condition = name === undefined ? undefined : type.schema().type(name);
  return condition && isCompositeType(condition) ? condition : type;
}

function unmetOf(node: FieldNode, type: CompositeType, beside: Names, known: Known): string | undefined {
  const name = node.name.value;
  const field = isUnionType(type) || name.startsWith('__') ? undefined : type.field(name);
  const metadata = federationMetadata(type.schema());
  if (!field || !metadata) return undefined;
  const required = namesGiven(field, metadata.requiresDirective());
  // Most require nothing, and what is known of the object may be large.
  const isMet = required.size === 0 || has(merged(known.sent, beside), required);
  const isThere = known.provided.has(name) || !metadata.isFieldExternal(field);
  if (!isMet || !isThere) return field.coordinate;
  const inner = field.type && baseType(field.type);
  if (!node.selectionSet || !inner || !isCompositeType(inner)) return undefined;
  return unmetIn(node.selectionSet, inner, namesOf(node.selectionSet.selections), {
    sent: name === '_entities' ? known.sent : new Map(),
    provided: merged(known.provided.get(name) ?? new Map(), namesGiven(field, metadata.providesDirective())),
  });
}

/** Of the field set that a directive gives the field; none where it has none. */
function namesGiven(
  field: FieldDefinition<CompositeType>,
  directive: DirectiveDefinition<{ fields: unknown }>,
): Names {
  const sets = field.appliedDirectivesOf(directive).map((applied) => String(applied.arguments().fields));
  return namesOf(sets.flatMap((set) => parseFieldSet(set).selections));
}

/** Of a selection of a document, or of what a plan sends. */
type Selection = SelectionNode | QueryPlanSelectionNode;

const selectionsBelow = (selection: Selection): readonly Selection[] =>
  'selectionSet' in selection
    ? (selection.selectionSet?.selections ?? [])
    : 'selections' in selection
      ? (selection.selections ?? [])
      : [];

function namesOf(selections: readonly Selection[], into: Names = new Map()): Names {
  for (const selection of selections) {
    if (selection.kind !== 'Field') {
      namesOf(selectionsBelow(selection), into);
      continue;
    }
    const name = typeof selection.name === 'string' ? selection.name : selection.name.value;
    into.set(name, namesOf(selectionsBelow(selection), into.get(name)));
  }
  return into;
}

const merged = (one: Names, other: Names): Names =>
  new Map(
    [...new Set([...one.keys(), ...other.keys()])].map((name) => [
      name,
      merged(one.get(name) ?? new Map(), other.get(name) ?? new Map()),
    ]),
  );

const has = (names: Names, wanted: Names): boolean =>
  [...wanted].every(([name, below]) => {
    const inner = names.get(name);
    return name === '__typename' || (inner !== undefined && has(inner, below));
  });
