import { CloseCode, MessageType } from 'graphql-ws';
import { authorizedClient } from '../../../sign-in/authorized-client.ts';
import { fixedSession, type Session } from '../../../sign-in/session.ts';
import type { Value } from '../../../value.ts';
import type { Notify } from '../data/notices.ts';
import { failure, type Result } from '../data/result.ts';
import type { Texts } from '../texts/texts.ts';
import type { Recording } from './recording.ts';

type Paused = Pick<Value<number | undefined>, 'get' | 'follow'>;

export interface SubscriptionOptions {
  /** `http(s)://…/graphql`; the WebSocket is at the same address. */
  readonly graphUrl: URL;
  readonly request: {
    readonly query: string;
    readonly operationName?: string | null | undefined;
    readonly variables: unknown;
  };
  /** Sent as `connectionParams`, since a page cannot set the headers of a WebSocket. */
  readonly headers: Readonly<Record<string, string>>;
  readonly notify: Notify;
  /** On whose behalf it runs, unless its headers have a token. */
  readonly session: Session;
  /** Notes each event when it comes. */
  readonly record: Recording;
  /** While it is a number, no event is given on. */
  readonly pausedAt: Paused;
  readonly texts: () => Texts;
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
  record,
  pausedAt,
  texts,
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
        if (message.type !== MessageType.Next) return;
        Object.assign(extensions, cursorOf(message.payload));
        // The router's JSON.
        record.event(message.payload as Result);
      },
    },
  });
  // graphql-ws gives errors as plain objects, which GraphiQL shows as they are (see Result).
  const start = () =>
    client.iterate({
      ...request,
      // GraphiQL has parsed them as an object.
      variables: request.variables as Record<string, unknown>,
      extensions,
    }) as AsyncIterator<Result>;
  let results = start();
  let isLeft = false;
  const next = async (): Promise<IteratorResult<Result>> => {
    try {
      const result = await results.next();
      if (result.done) record.over();
      else await resumed(pausedAt);
      // What was held while it was paused would be shown in the tab that is active now.
      return isLeft ? { done: true, value: undefined } : result;
    } catch (reason) {
      if (!(await renewed(reason))) {
        record.over();
        return { value: refusalOf(reason, texts()) };
      }
      results = start();
      return await next();
    }
  };
  return {
    [Symbol.asyncIterator]: () => ({
      next,
      return: async () => {
        notify('interrupted', false);
        isLeft = true;
        record.over();
        await results.return?.();
        return { done: true, value: undefined };
      },
    }),
  };
}

function resumed(pausedAt: Paused): Promise<void> {
  return new Promise((resolve) => {
    if (pausedAt.get() === undefined) return resolve();
    const leave = pausedAt.follow(() => {
      if (pausedAt.get() !== undefined) return;
      leave();
      resolve();
    });
  });
}

/** Where a client resumes, as the router says with each event; empty before the first one. */
function cursorOf({ extensions }: Pick<Result, 'extensions'>): Readonly<Record<string, unknown>> {
  const cursor = extensions?.cursor;
  return cursor === undefined ? {} : { cursor };
}

/** What graphql-ws ends a subscription with: the router's own errors, or how its socket was closed. */
function refusalOf(reason: unknown, { response: texts }: Texts): Result {
  if (Array.isArray(reason)) return { errors: reason };
  if (!(reason instanceof CloseEvent)) return failure(texts.failed(String(reason)));
  if (reason.code === CloseCode.Unauthorized) return failure(texts.refused);
  return failure(texts.closed(reason.reason || String(reason.code)));
}
