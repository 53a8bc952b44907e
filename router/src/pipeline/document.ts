import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import type { IsolatedDocument } from '../corrections/index.ts';
import { type CompiledOperation, compileOperation } from '../executor/compile-operation.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import {
  conditionVariables,
  type Decisions,
  decide,
  operationDocument,
  resolveConditions,
} from './conditions.ts';
import type { Overrides } from './overrides.ts';
import { type Refused, refuse } from './refusal.ts';

/** An operation of a checked document, planned under one supergraph for one outcome of its conditions and overrides. */
export interface PlannedOperation {
  /** The document's text. */
  readonly text: string;
  readonly snapshot: Snapshot;
  readonly operation: OperationDefinitionNode;
  readonly compiled: CompiledOperation;
}

/** Outcomes of one operation that are kept planned: of those beyond it, the oldest is planned again. */
const KEPT_OUTCOMES = 64;

/** A document that is valid under one supergraph. */
export class CheckedDocument {
  readonly #text: string;
  readonly #isolated: IsolatedDocument;
  readonly #operations: readonly OperationDefinitionNode[];
  readonly #planned = new Map<OperationDefinitionNode, OperationPlans>();

  get document(): DocumentNode {
    return this.#isolated.document;
  }

  constructor(text: string, isolated: IsolatedDocument) {
    this.#text = text;
    this.#isolated = isolated;
    this.#operations = isolated.document.definitions.filter(
      (node) => node.kind === Kind.OPERATION_DEFINITION,
    );
  }

  /** The operation that a request means ("GetOperation" of the GraphQL specification). */
  select(name: string | null | undefined): OperationDefinitionNode | Refused {
    const [first, second] = this.#operations;
    if (name == null || name === '') {
      if (first && !second) return first;
      const message = first
        ? 'Must provide operation name if query contains multiple operations.'
        : 'Must provide an operation.';
      return refuse('OPERATION_RESOLUTION_FAILURE', message);
    }
    const named = this.#operations.find((operation) => operation.name?.value === name);
    return named ?? refuse('OPERATION_RESOLUTION_FAILURE', `Unknown operation named "${name}".`);
  }

  /** The operation with the names of variables that the client declared. */
  declared(operation: OperationDefinitionNode): OperationDefinitionNode {
    const { variables } = this.#isolated;
    if (variables.size === 0) return operation;
    return visit(operation, {
      Variable: (variable) => {
        const value = variables.get(variable.name.value);
        return value === undefined ? undefined : { ...variable, name: { ...variable.name, value } };
      },
    });
  }

  /** @throws GraphQLError when a condition is null or the planner refuses */
  plan(
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    overrides: Overrides,
    snapshot: Snapshot,
  ): PlannedOperation {
    const known = this.#planned.get(operation);
    const plans = known ?? new OperationPlans(this.#text, operation, this.#isolated, snapshot);
    if (!known) this.#planned.set(operation, plans);
    return plans.for(variables, overrides);
  }
}

/**
 * One operation, planned for each outcome of its conditions and of progressive overrides that is used. A plan without conditions is smaller, and the
 * planner's own would leave out what a condition's other fields require.
 */
class OperationPlans {
  readonly #make: (decisions: Decisions, overrides: Overrides) => PlannedOperation;
  readonly #conditions: readonly string[];
  readonly #original: ReadonlyMap<string, string>;
  readonly #operation: OperationDefinitionNode;
  readonly #planned = new Map<string, PlannedOperation>();

  constructor(
    text: string,
    operation: OperationDefinitionNode,
    isolated: IsolatedDocument,
    snapshot: Snapshot,
  ) {
    const document = operationDocument(isolated.document, operation);
    this.#conditions = conditionVariables(document);
    this.#original = isolated.variables;
    this.#operation = operation;
    this.#make = (decisions, overrides) => {
      const resolved = resolveConditions(document, decisions);
      const compiled = compileOperation(resolved, isolated, overrides, snapshot);
      return { text, snapshot, operation, compiled };
    };
  }

  for(variables: Readonly<Record<string, unknown>>, overrides: Overrides): PlannedOperation {
    const decisions = decide(this.#conditions, this.#operation, this.#original, variables);
    const key = [...decisions.values(), ...overrides.values()].join();
    const known = this.#planned.get(key);
    if (known) return known;
    const planned = this.#make(decisions, overrides);
    const [oldest] = this.#planned.keys();
    if (oldest !== undefined && this.#planned.size >= KEPT_OUTCOMES) this.#planned.delete(oldest);
    this.#planned.set(key, planned);
    return planned;
  }
}
