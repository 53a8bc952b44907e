import type { Client, RequestParameters } from '../request.ts';
import type { PlannedOperation } from './operation.ts';
import type { Begun } from './operation-telemetry.ts';

/** An operation that passed every stage before its execution. */
export interface Prepared {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly operationName: string | undefined;
  readonly planned: PlannedOperation;
  /** Estimated; of a subscription, each event's. */
  readonly cost: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What the request says beside its operation. */
  readonly extensions: RequestParameters['extensions'];
  readonly client: Client;
  /** What is recorded of it; for a subscription that has ended by now. */
  readonly begun?: Begun;
}

export interface PrepareOptions {
  /** Whether anything but a query is refused; false by default. */
  readonly readOnly?: boolean;
  /** Whether the transport can deliver later what is deferred; false by default. */
  readonly increments?: boolean;
}
