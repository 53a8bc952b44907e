import type { SubgraphResult } from '@airline/service/server';
import type { RequestTimes } from '../executor/outline.ts';
import type { Client } from '../request.ts';
import type { Allowance } from '../sources/allowance.ts';
import type { PlannedOperation } from './operation.ts';
import type { RawResult } from './shape.ts';

export interface Execution {
  readonly planned: PlannedOperation;
  /** As the client sent them; they fit the operation's declarations. */
  readonly variables: Readonly<Record<string, unknown>>;
  readonly client: Client;
  /** For a subscription: the event, which is the result of its first fetch. It may be written into. */
  readonly event?: SubgraphResult | undefined;
  /** What it may receive and send. */
  readonly allowance?: Allowance | undefined;
  /** Aborted when nobody waits for the result any longer. */
  readonly signal?: AbortSignal | undefined;
  /** Where the times of its requests are recorded, if the client asks for them. */
  readonly times?: RequestTimes | undefined;
}

/** Runs a plan over the subgraphs. Whatever they do gives a result; a rejection is a fault of the router itself. */
export type Executor = (execution: Execution) => Promise<RawResult>;
