import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Denials } from '../access/denials.ts';
import { permittedDocument } from '../access/permitted.ts';
import { type IsolatedDocument, operationOf, selectByType } from '../corrections/index.ts';
import type { Overrides, ServedGraph } from '../served-graph.ts';
import { operationDocument } from '../syntax/conditions.ts';
import { isIntrospection } from '../syntax/introspection.ts';
import { collectFields, type Fragments, fragmentsOf } from '../syntax/selections.ts';
import type { Weight } from '../weight.ts';
import { type CompiledPlan, compilePlan } from './compile.ts';
import { type DeferredFragment, numberDeferred } from './deferred-fragments.ts';
import { type Outline, outlineOf } from './outline.ts';
import type { Completer } from './shape/completers.ts';
import { compileShape } from './shape/shape.ts';
import { nodeWeight, planWeight } from './weight.ts';

/** An operation without conditions, ready to run. */
export interface CompiledOperation {
  readonly plan: CompiledPlan;
  readonly shape: Completer;
  /** Of a subscription: why the caller may not subscribe to its field. */
  readonly refusal: string | undefined;
  /** By part, without the first. */
  readonly deferred: readonly DeferredFragment[];
  /** Only where a request asked for it. */
  readonly outline?: Outline | null;
}

/**
 * @param isolated the operation without conditions, and its fragments
 * @param denials what of it the caller may not see: it is not planned, and null with an error; undefined: nothing
 * @param weight to which is added what is compiled, now and later
 * @param isOutlined whether it gets its plan's outline
 * @throws GraphQLError when the planner refuses
 */
export function compileOperation(
  { document: given, responseNames: original, variables }: IsolatedDocument,
  overrides: Overrides,
  snapshot: ServedGraph,
  denials: Denials | undefined,
  weight: Weight,
  isOutlined: boolean,
): CompiledOperation {
  const { schema, supergraphSchema, clients, translations, hasCustomScalars, idempotent } = snapshot;
  const { document, deferred } = numberDeferred(given);
  const operation = operationOf(document);
  const fragments = fragmentsOf(document);
  const permitted = permittedDocument(inOrder(document, operation, fragments, schema), denials);
  const typed = translations.hasInterfaceObjects
    ? selectByType(permitted, schema, fragmentsOf(permitted))
    : permitted;
  const planned = plannable(typed, schema, fragmentsOf(typed));
  const isDenied = denials !== undefined && asksNothing(permitted);
  const queryPlan: QueryPlan = isDenied ? { kind: 'QueryPlan' } : snapshot.plan(planned, overrides);
  const plan = compilePlan(queryPlan, {
    schema: supergraphSchema,
    client: (subgraph) => {
      const client = clients[subgraph];
      if (!client) throw new Error(`There is no subgraph "${subgraph}".`);
      return client;
    },
    variables,
    renamings: translations.renamings,
    keys: translations.keys,
    requiredOfObjects: translations.requiredOfObjects,
    exact: hasCustomScalars,
    idempotent,
  });
  weight.add(planWeight(queryPlan) + nodeWeight(deferred));
  const shape = compileShape(operation, {
    schema,
    fragments,
    original,
    variables,
    deferred,
    denials,
    weight,
  });
  const refusal =
    operation.operation === 'subscription' ? rootDenial(operation, fragments, denials) : undefined;
  return {
    plan,
    shape,
    refusal,
    deferred,
    ...(isOutlined && { outline: outlineOf(queryPlan, deferred) }),
  };
}

/** Whether no subgraph is asked for anything, but perhaps the schema. */
function asksNothing(permitted: DocumentNode): boolean {
  const isNothing = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value.startsWith('__');
      return selection.kind === Kind.INLINE_FRAGMENT && isNothing(selection.selectionSet);
    });
  return isNothing(operationOf(permitted).selectionSet);
}

function rootDenial(
  { operation, selectionSet }: OperationDefinitionNode,
  fragments: Fragments,
  denials: Denials | undefined,
): string | undefined {
  const root = denials?.schema.getRootType(operation);
  if (!denials || !root) return undefined;
  const [field] = collectFields([selectionSet], root, denials.schema, fragments).values();
  return field && denials.ofField(root, field[0].name.value);
}

/**
 * The planner moves what fragments of one type select to the first of them. The fields of a mutation have effects: their
 * order is that of the specification, so they are planned without fragments.
 */
export function inOrder(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  fragments: Fragments,
  schema: GraphQLSchema,
): DocumentNode {
  const type = operation.operation === 'mutation' ? schema.getMutationType() : undefined;
  if (!type) return document;
  const fields = collectFields([operation.selectionSet], type, schema, fragments);
  const selectionSet = { ...operation.selectionSet, selections: [...fields.values()].flat() };
  const definitions = document.definitions.map((node) =>
    node === operation ? { ...node, selectionSet } : node,
  );
  return { ...document, definitions };
}

/**
 * What the planner reads: without introspection, of which it does not know every field; what conditions left empty asks for
 * `__typename`, which is not shaped, and so does what depends on the type of an object, even where all objects of a
 * subgraph are of one.
 */
function plannable(document: DocumentNode, schema: GraphQLSchema, fragments: Fragments): DocumentNode {
  const typename = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } } as const;
  const types = new TypeInfo(schema);
  const narrows = (selection: SelectionNode): boolean => {
    if (selection.kind === Kind.FIELD) return false;
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    const condition = schema.getType(fragment?.typeCondition?.name.value ?? '');
    const type = types.getParentType();
    if (!condition || condition === type || !isAbstractType(type)) return false;
    return !(isInterfaceType(condition) && isInterfaceType(type) && schema.isSubType(condition, type));
  };
  const leave = (set: SelectionSetNode): SelectionSetNode | undefined => {
    const { selections } = set;
    const needsType = selections.length === 0 || selections.some(narrows);
    return needsType ? { ...set, selections: [typename, ...selections] } : undefined;
  };
  const planned: DocumentNode = visit(
    document,
    visitWithTypeInfo(types, {
      Field: ({ name }) => (isIntrospection(name.value) ? null : undefined),
      SelectionSet: { leave },
    }),
  );
  return operationDocument(planned, operationOf(planned));
}
