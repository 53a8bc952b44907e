import { createClient } from 'graphql-ws';
import { until } from './until.ts';

export interface Pushed {
  readonly data?: Record<string, unknown> | null | undefined;
  readonly errors?: readonly { readonly message: string; readonly extensions?: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown> | undefined;
}

export interface Subscribed {
  /** What has come so far. */
  readonly pushed: readonly Pushed[];
  /** Waits for `count` messages, and returns all so far. */
  all(count: number): Promise<readonly Pushed[]>;
  /** Waits until the server has ended it; returns its errors, or the code that it closed the socket with. */
  ended(): Promise<unknown>;
  unsubscribe(): void;
}

export type Subscribe = (
  query: string,
  variables?: Readonly<Record<string, unknown>>,
  extensions?: Readonly<Record<string, unknown>>,
) => Subscribed;

/** A `graphql-transport-ws` client that does not try again. @param headers what it says of itself as it connects */
export function subscriber(
  httpUrl: string,
  headers: Readonly<Record<string, string>> = {},
): { readonly subscribe: Subscribe; close(): Promise<void> } {
  const url = httpUrl.replace(/^http/, 'ws');
  const client = createClient({ url, connectionParams: headers, retryAttempts: 0 });

  const subscribe: Subscribe = (query, variables, extensions) => {
    const pushed: Pushed[] = [];
    let end: { readonly reason: unknown } | undefined;
    const unsubscribe = client.subscribe(
      { query, ...(variables && { variables }), ...(extensions && { extensions }) },
      {
        next: (message) => void pushed.push(message as Pushed),
        error: (error) => {
          end = { reason: error instanceof Object && 'code' in error ? error.code : error };
        },
        complete: () => {
          end ??= { reason: 'completed' };
        },
      },
    );
    return {
      pushed,
      unsubscribe,
      all: async (count) => {
        await until(`${count} messages come`, () => pushed.length >= count);
        return pushed;
      },
      ended: async () => (await until('the subscription ends', () => end)).reason,
    };
  };

  return { subscribe, close: async () => client.dispose() };
}
