import type { FetcherParams } from '@graphiql/toolkit';
import { createClient, MessageType } from 'graphql-ws';
import { type Answer, failure } from './answer.ts';
import type { Tell } from './notices.ts';

export interface SubscriptionOptions {
  /** `http(s)://…/graphql`; the WebSocket is at the same address. */
  readonly graphUrl: URL;
  readonly request: FetcherParams;
  /** Sent as `connectionParams`, since a page cannot set the headers of a WebSocket. */
  readonly headers: Readonly<Record<string, string>>;
  readonly tell: Tell;
}

const FORBIDDEN = 4403;
const LONGEST_WAIT_MS = 2_000;

/**
 * A subscription over a `graphql-transport-ws` socket of its own. When the socket drops, it goes on after the last
 * cursor that came, however long the router is away.
 */
export function subscribe({ graphUrl, request, headers, tell }: SubscriptionOptions): AsyncIterable<Answer> {
  // graphql-ws sends the same payload again when it has connected again, with the cursor as it is by then.
  const extensions: Record<string, unknown> = {};
  const client = createClient({
    url: graphUrl.href.replace(/^http/, 'ws'),
    connectionParams: headers,
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: async (retries) => {
      tell('interrupted', true);
      const longest = Math.min(LONGEST_WAIT_MS, 250 * 2 ** retries);
      await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
    },
    shouldRetry: (reason) => !(reason instanceof CloseEvent && reason.code === FORBIDDEN),
    on: {
      connected: () => tell('interrupted', false),
      message: (message) => {
        if (message.type === MessageType.Next) Object.assign(extensions, cursorOf(message.payload));
      },
    },
  });
  const answers = client.iterate({ ...request, extensions }) as AsyncIterator<Answer>;
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => answers.next().catch((reason: unknown) => ({ value: refusalOf(reason) })),
      return: async () => {
        tell('interrupted', false);
        await answers.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

/** Where a client is to go on, as the router says with each event; nothing before the first one. */
function cursorOf({ extensions }: Pick<Answer, 'extensions'>): Readonly<Record<string, unknown>> {
  const cursor = extensions?.cursor;
  return cursor === undefined ? {} : { cursor };
}

/** What graphql-ws ends a subscription with: the router's own errors, or how its socket was closed. */
function refusalOf(reason: unknown): Answer {
  if (Array.isArray(reason)) return { errors: reason };
  if (!(reason instanceof CloseEvent)) return failure(`The subscription failed: ${String(reason)}.`);
  if (reason.code === FORBIDDEN) return failure('The router refused the token in the Headers pane.');
  return failure(`The router closed the subscription's connection: ${reason.reason || reason.code}.`);
}
