import { type DocumentNode, Kind, type OperationDefinitionNode, visit } from 'graphql';
import type { IsolatedDocument } from '../corrections/index.ts';
import { type CompiledOperation, compileOperation } from '../executor/compile-operation.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import {
  conditionVariables,
  type Decisions,
  decide,
  defers,
  operationDocument,
  resolveConditions,
} from './conditions.ts';
import type { Overrides } from './overrides.ts';
import { type Refused, refuse } from './refusal.ts';

/** An operation of a checked document, planned under one supergraph for one outcome of what a request decides. */
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

  /**
   * @param increments whether what `@defer` marks may be delivered later; else it is part of the one response
   * @throws GraphQLError when a condition is null or the planner refuses
   */
  plan(
    operation: OperationDefinitionNode,
    variables: Readonly<Record<string, unknown>>,
    overrides: Overrides,
    snapshot: Snapshot,
    increments = false,
  ): PlannedOperation {
    const known = this.#planned.get(operation);
    const plans = known ?? new OperationPlans(this.#text, operation, this.#isolated, snapshot);
    if (!known) this.#planned.set(operation, plans);
    return plans.for(variables, overrides, increments);
  }
}

/**
 * The planner fails for a deferred fragment on an interface within a type that implements it: its error says that a field
 * cannot be added. Such an operation is delivered whole; what cannot be planned at all fails again.
 */
function compileDeferred(compile: (defer: boolean) => CompiledOperation): CompiledOperation {
  try {
    return compile(true);
  } catch {
    return compile(false);
  }
}

/**
 * One operation, planned for each outcome that is used: of its conditions, of progressive overrides, and of whether the
 * transport can deliver increments. A plan without conditions is smaller, and the planner's own would leave out what a
 * condition's other fields require.
 */
class OperationPlans {
  readonly #make: (decisions: Decisions, overrides: Overrides, increments: boolean) => PlannedOperation;
  readonly #defers: boolean;
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
    this.#defers = defers(document);
    this.#conditions = conditionVariables(document);
    this.#original = isolated.variables;
    this.#operation = operation;
    this.#make = (decisions, overrides, increments) => {
      const compile = (defer: boolean) =>
        compileOperation(resolveConditions(document, decisions, defer), isolated, overrides, snapshot);
      const compiled = increments ? compileDeferred(compile) : compile(false);
      return { text, snapshot, operation, compiled };
    };
  }

  for(
    variables: Readonly<Record<string, unknown>>,
    overrides: Overrides,
    incremental: boolean,
  ): PlannedOperation {
    const increments = incremental && this.#defers;
    const decisions = decide(this.#conditions, this.#operation, this.#original, variables);
    const key = [...decisions.values(), ...overrides.values(), increments].join();
    const known = this.#planned.get(key);
    if (known) return known;
    const planned = this.#make(decisions, overrides, increments);
    const [oldest] = this.#planned.keys();
    if (oldest !== undefined && this.#planned.size >= KEPT_OUTCOMES) this.#planned.delete(oldest);
    this.#planned.set(key, planned);
    return planned;
  }
}
