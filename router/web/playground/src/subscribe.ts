import type { FetcherParams } from '@graphiql/toolkit';
import { createClient, MessageType } from 'graphql-ws';
import type { Notify } from './notices.ts';
import { failure, type Result } from './result.ts';

export interface SubscriptionOptions {
  /** `http(s)://…/graphql`; the WebSocket is at the same address. */
  readonly graphUrl: URL;
  readonly request: FetcherParams;
  /** Sent as `connectionParams`, since a page cannot set the headers of a WebSocket. */
  readonly headers: Readonly<Record<string, string>>;
  readonly notify: Notify;
}

const FORBIDDEN = 4403;
const LONGEST_WAIT_MS = 2_000;

/**
 * A subscription over a `graphql-transport-ws` socket of its own. When the socket drops, it resumes behind the last
 * cursor, however long the router is unavailable.
 */
export function subscribe({
  graphUrl,
  request,
  headers,
  notify,
}: SubscriptionOptions): AsyncIterable<Result> {
  // graphql-ws sends the same payload again when it has connected again, with the cursor as it is by then.
  const extensions: Record<string, unknown> = {};
  const client = createClient({
    url: graphUrl.href.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async (retries) => {
      notify('interrupted', true);
      const longest = Math.min(LONGEST_WAIT_MS, 250 * 2 ** retries);
      await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
    },
    shouldRetry: (reason) => !(reason instanceof CloseEvent && reason.code === FORBIDDEN),
    on: {
      connected: () => notify('interrupted', false),
      message: (message) => {
        if (message.type === MessageType.Next) Object.assign(extensions, cursorOf(message.payload));
      },
    },
  });
  // graphql-ws gives errors as plain objects, which GraphiQL shows as they are (see Result).
  const results = client.iterate({ ...request, extensions }) as AsyncIterator<Result>;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => results.next().catch((reason: unknown) => ({ value: refusalOf(reason) })),
      return: async () => {
        notify('interrupted', false);
        await results.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** Where a client resumes, as the router says with each event; empty before the first one. */
function cursorOf({ extensions }: Pick<Result, 'extensions'>): Readonly<Record<string, unknown>> {
  const cursor = extensions?.cursor;
  return cursor === undefined ? {} : { cursor };
}

/** What graphql-ws ends a subscription with: the router's own errors, or how its socket was closed. */
function refusalOf(reason: unknown): Result {
  if (Array.isArray(reason)) return { errors: reason };
  if (!(reason instanceof CloseEvent)) return failure(`The subscription failed: ${String(reason)}.`);
  if (reason.code === FORBIDDEN) return failure('The router refused the token in the Headers pane.');
  return failure(`The router closed the subscription's connection: ${reason.reason || reason.code}.`);
}
