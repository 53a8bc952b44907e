import type { FetcherParams } from '@graphiql/toolkit';
import { CloseCode, MessageType } from 'graphql-ws';
import { authorizedClient } from '../../sign-in/authorized-client.ts';
import { fixedSession, type Session } from '../../sign-in/session.ts';
import type { Notify } from './notices.ts';
import { failure, type Result } from './result.ts';

export interface SubscriptionOptions {
  /** `http(s)://…/graphql`; the WebSocket is at the same address. */
  readonly graphUrl: URL;
  readonly request: FetcherParams;
  /** Sent as `connectionParams`, since a page cannot set the headers of a WebSocket. */
  readonly headers: Readonly<Record<string, string>>;
  readonly notify: Notify;
  /** On whose behalf it runs, unless its headers have a token. */
  readonly session: Session;
}

const LONGEST_WAIT_MS = 2_000;

/**
 * A subscription over a `graphql-transport-ws` socket of its own. When the socket drops, it resumes behind the last
 * cursor, however long the router is unavailable, and with a new token when the old one has expired.
 */
export function subscribe({
  graphUrl,
  request,
  headers,
  notify,
  session,
}: SubscriptionOptions): AsyncIterable<Result> {
  // graphql-ws sends the same payload again when it has connected again, with the cursor as it is by then.
  const extensions: Record<string, unknown> = {};
  const isOwn = new Headers(headers).has('authorization');
  const { client, renewed } = authorizedClient({
    url: graphUrl.href.replace(/^http/, 'ws'),
    session: isOwn ? fixedSession(session.standing.get()) : session,
    parameters: headers,
    retryWait: async (retries) => {
      notify('interrupted', true);
      const longest = Math.min(LONGEST_WAIT_MS, 250 * 2 ** retries);
      await new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
    },
    on: {
      connected: () => notify('interrupted', false),
      message: (message) => {
        if (message.type === MessageType.Next) Object.assign(extensions, cursorOf(message.payload));
      },
    },
  });
  // graphql-ws gives errors as plain objects, which GraphiQL shows as they are (see Result).
  const start = () => client.iterate({ ...request, extensions }) as AsyncIterator<Result>;
  let results = start();
  const next = async (): Promise<IteratorResult<Result>> => {
    try {
      return await results.next();
    } catch (reason) {
      if (!(await renewed(reason))) return { value: refusalOf(reason) };
      results = start();
      return await next();
    }
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next,
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
  if (reason.code === CloseCode.Unauthorized) return failure('The router refused the token.');
  return failure(`The router closed the subscription's connection: ${reason.reason || reason.code}.`);
}
