import type { Client } from '../request.ts';
import type { PlannedOperation } from './document.ts';
import type { RawAnswer } from './shape.ts';

/** What a subgraph answered. */
export interface SubgraphAnswer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly object[] | undefined;
}

export interface Execution {
  readonly planned: PlannedOperation;
  /** As the client sent them; they fit the operation's declarations. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly client: Client;
  /** For a subscription: the event that answers its first fetch. It may be written into. */
  readonly event?: SubgraphAnswer;
}

/** Runs a plan over the subgraphs. It answers whatever they do; a rejection is a fault of the router itself. */
export type Executor = (execution: Execution) => Promise<RawAnswer>;
