import type { SubgraphResult } from '@airline/service/server';
import type { Client, Deferred } from '../request.ts';
import type { Allowance } from '../sources/allowance.ts';
import type { CompiledOperation } from './compile-operation.ts';
import type { RequestTimes } from './outline.ts';

export interface Execution {
  readonly compiled: CompiledOperation;
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

/** What an executor returns; its errors may show internals. */
export interface RawResult {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly unknown[] | undefined;
  readonly deferred?: Deferred<unknown> | undefined;
}

/** Runs a plan over the subgraphs. Whatever they do gives a result; a rejection is a fault of the router itself. */
export type Executor = (execution: Execution) => Promise<RawResult>;
