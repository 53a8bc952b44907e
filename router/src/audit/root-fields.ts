import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from 'graphql';
import { operationOf } from '../corrections/index.ts';
import { parseUnlocated } from '../pipeline/document.ts';
import type { PlannedOperation } from '../pipeline/operation.ts';
import { isRawNumber } from '../raw-json.ts';
import { operationDocument, resolveConditions } from '../syntax/conditions.ts';
import { fragmentsOf } from '../syntax/selections.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A root field of an operation, and the ids among its arguments by name: what it acts on, and nothing else of what it says. */
export interface RootField {
  readonly name: string;
  /** Its name in the response. */
  readonly key: string;
  readonly ids: Readonly<Record<string, string | readonly string[]>>;
  /** How many more ids it has. */
  readonly idsOmitted?: number;
}

/** Ids of one field, and characters of an id, that are kept at most. The limits of documents bound the fields. */
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

/** The root fields of an operation that was executed. @param given as the client sent them */
export function rootFieldsOf(
  planned: PlannedOperation,
  operationName: string | undefined,
  given: Variables,
): RootField[] {
  const syntax = parsed.get(planned) ?? syntaxOf(planned, operationName);
  parsed.set(planned, syntax);
  const variables = withDefaults(syntax.operation, given);
  const fields = new Map<string, RootField>();
  for (const node of selected(syntax.operation.selectionSet, syntax)) {
    const key = node.alias?.value ?? node.name.value;
    if (!fields.has(key)) fields.set(key, { name: node.name.value, key, ...idsOf(node, variables) });
  }
  return [...fields.values()];
}

/** As it was planned, without its conditions. */
function syntaxOf({ text, decisions }: PlannedOperation, operationName: string | undefined): Syntax {
  const document = parseUnlocated(text);
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  if (!operation) throw new Error('An operation that was executed is not in its document.');
  const executed = resolveConditions(operationDocument(document, operation), decisions, false);
  return { operation: operationOf(executed), fragments: fragmentsOf(executed) };
}

function* selected({ selections }: SelectionSetNode, syntax: Syntax): Generator<FieldNode> {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) yield selection;
    else {
      const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
      const fragment = isSpread ? syntax.fragments.get(selection.name.value) : selection;
      if (fragment) yield* selected(fragment.selectionSet, syntax);
    }
  }
}

/** What a client leaves out is what the operation says. */
function withDefaults({ variableDefinitions = [] }: OperationDefinitionNode, given: Variables): Variables {
  const defaults = variableDefinitions.flatMap(({ variable: { name }, defaultValue }) =>
    defaultValue === undefined ? [] : [[name.value, valueFromASTUntyped(defaultValue)]],
  );
  return { ...Object.fromEntries(defaults), ...given };
}

function idsOf({ arguments: nodes = [] }: FieldNode, variables: Variables): Omit<RootField, 'name' | 'key'> {
  const found = new Map<string, string[]>();
  let count = 0;
  const collect = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) collect(name, each);
    else if (isRawNumber(value)) collect(name, value.rawJSON);
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, each] of Object.entries(value)) collect(inner, each);
    } else if (ID_NAME.test(name) && value != null) {
      count += 1;
      if (count > MOST_IDS) return;
      found.set(name, [...(found.get(name) ?? []), String(value).slice(0, ID_LENGTH)]);
    }
  };
  for (const { name, value } of nodes) collect(name.value, valueFromASTUntyped(value, variables));
  const ids = Object.fromEntries(
    [...found].map(([name, all]) => [name, all.length === 1 ? String(all[0]) : all]),
  );
  return { ids, ...(count > MOST_IDS && { idsOmitted: count - MOST_IDS }) };
}
