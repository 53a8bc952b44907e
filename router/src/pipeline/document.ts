import type { QueryPlan } from '@apollo/query-planner';
import { type FragmentDefinitionNode, Kind, type OperationDefinitionNode } from 'graphql';
import type { IsolatedDocument } from '../corrections/index.ts';
import type { Snapshot } from '../supergraph/snapshot.ts';
import { type Refused, refuse } from './refusal.ts';

/** An operation of a checked document, planned once under one supergraph. */
export interface PlannedOperation {
  /** The document's text. */
  readonly text: string;
  readonly snapshot: Snapshot;
  /** As it is planned and executed; its results are to be restored. */
  readonly isolated: IsolatedDocument;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly plan: QueryPlan;
}

/** A document that is valid under one supergraph. */
export class CheckedDocument {
  readonly #text: string;
  readonly #isolated: IsolatedDocument;
  readonly #operations: readonly OperationDefinitionNode[];
  readonly #planned = new Map<OperationDefinitionNode, PlannedOperation>();

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

  /** @throws GraphQLError when the planner refuses */
  plan(operation: OperationDefinitionNode, snapshot: Snapshot): PlannedOperation {
    const known = this.#planned.get(operation);
    if (known) return known;
    const isolated = this.#isolated;
    const { document } = isolated;
    const fragments = Object.fromEntries(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
      ),
    );
    const plan = snapshot.plan(document, operation);
    const planned = { text: this.#text, snapshot, isolated, operation, fragments, plan };
    this.#planned.set(operation, planned);
    return planned;
  }
}
