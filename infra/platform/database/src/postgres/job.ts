import type { Decision, Found, Keys, Message, State } from '../store.ts';

/** A decision whose caller waits for it. */
export interface Job<S extends State> {
  readonly keys: Keys<S>;
  readonly decide: (found: Found<S>) => Decision<S> & { readonly result?: unknown };
  readonly traceparent?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Only if this is new to the inbox, or, for a replay, if it is a dead letter still. */
  readonly message?: Message;
  readonly isReplay?: boolean;
}

/** What came of a job in a transaction that ended well. */
export type Outcome = { readonly result: unknown } | { readonly error: unknown };
