import {
  type FieldNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { fragmentsOf } from '../executor/shape/selections.ts';
import type { PlannedOperation } from '../pipeline/operation.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A root field of an operation, and the ids among its arguments by name: what it acts on, and nothing else of what it says. */
export interface RootField {
  readonly name: string;
  /** Its name in the response. */
  readonly key: string;
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
}

/** Root fields, ids of one, and characters of an id, that are kept at most. */
const MOST_FIELDS = 20;
const MOST_IDS = 20;
const ID_LENGTH = 128;
/** Names of arguments and input fields that hold ids: `id`, `flightId`, `eventIds`. */
const ID_NAME = /^(?:ids?|\w+Ids?)$/;

interface Syntax {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReturnType<typeof fragmentsOf>;
}

/** What is parsed again of an operation: its plan has no arguments by name. */
const parsed = new WeakMap<PlannedOperation, Syntax>();

/** The first 20 root fields of an operation that was executed. */
export function rootFieldsOf(
  planned: PlannedOperation,
  operationName: string | undefined,
  variables: Variables,
): RootField[] {
  const syntax = parsed.get(planned) ?? syntaxOf(planned.text, operationName);
  parsed.set(planned, syntax);
  const fields = new Map<string, RootField>();
  for (const node of selected(syntax.operation.selectionSet, syntax, variables)) {
    const key = node.alias?.value ?? node.name.value;
    if (!fields.has(key)) fields.set(key, { name: node.name.value, key, ids: idsOf(node, variables) });
    if (fields.size === MOST_FIELDS) break;
  }
  return [...fields.values()];
}

function syntaxOf(text: string, operationName: string | undefined): Syntax {
  const document = parse(text, { noLocation: true });
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  if (!operation) throw new Error('An operation that was executed is not in its document.');
  return { operation, fragments: fragmentsOf(document) };
}

function* selected(
  { selections }: SelectionSetNode,
  syntax: Syntax,
  variables: Variables,
): Generator<FieldNode> {
  for (const selection of selections) {
    if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) continue;
    if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) continue;
    if (selection.kind === Kind.FIELD) yield selection;
    else {
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? syntax.fragments.get(selection.name.value) : selection;
      if (fragment) yield* selected(fragment.selectionSet, syntax, variables);
    }
  }
}

function idsOf({ arguments: nodes = [] }: FieldNode, variables: Variables): RootField['ids'] {
  const found = new Map<string, string[]>();
  let count = 0;
  const collect = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) collect(name, each);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, each] of Object.entries(value)) collect(inner, each);
    } else if (ID_NAME.test(name) && value != null && count < MOST_IDS) {
      count += 1;
      found.set(name, [...(found.get(name) ?? []), String(value).slice(0, ID_LENGTH)]);
    }
  };
  for (const { name, value } of nodes) collect(name.value, valueFromASTUntyped(value, variables));
  return Object.fromEntries([...found].map(([name, ids]) => [name, ids.length === 1 ? String(ids[0]) : ids]));
}
