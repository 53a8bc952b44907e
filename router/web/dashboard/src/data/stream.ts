/** One result of a subscription, as the router sends it. */
export interface Result<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly unknown[];
  readonly extensions?: { readonly cursor?: string };
}

export interface Payload {
  readonly query: string;
  readonly extensions?: { readonly cursor: string } | undefined;
}

/** What a stream needs of graphql-ws: it subscribes again by itself when the connection is back. */
export type Subscribe = <Data>(
  payload: Payload,
  sink: { next(result: Result<Data>): void; error(error: unknown): void; complete(): void },
) => () => void;

export interface StreamOptions<Data> {
  readonly subscribe: Subscribe;
  readonly query: string;
  readonly isConnected: () => boolean;
  readonly pushed: (data: Data) => void;
  /** It begins without a cursor, so that what came before must be asked for. */
  readonly begun: () => void;
  /** The first event after such a beginning: the subscription is active. */
  readonly confirmed: () => void;
  /** Runs it later; `failures` counts those since the last event, from 1. */
  readonly retry: (again: () => void, failures: number) => void;
}

export interface Stream {
  /** The connection is there, or there again. */
  connected(): void;
  stop(): void;
}

/**
 * One subscription for as long as the page is there, without a gap: it resumes behind the last cursor (see
 * router/src/fan-out/README.md), and begins anew where the router says that it cannot.
 */
export function startStream<Data>(options: StreamOptions<Data>): Stream {
  const { subscribe, query, isConnected, pushed, begun, confirmed, retry } = options;
  let cursor: string | undefined;
  let failures = 0;
  let isStopped = false;
  let unsubscribe = () => {};

  function start(): void {
    if (isStopped) return;
    let isOver = false;
    const again = () => {
      if (isOver) return;
      isOver = true;
      failures += 1;
      retry(start, failures);
    };
    const payload: Payload = {
      query,
      // graphql-ws sends the same payload again when the connection is back: by then there may be a cursor.
      get extensions() {
        return cursor === undefined ? undefined : { cursor };
      },
    };
    unsubscribe = subscribe<Data>(payload, {
      next({ data, extensions }) {
        failures = 0;
        const isFirst = cursor === undefined;
        cursor = extensions?.cursor ?? cursor;
        if (data) pushed(data);
        if (isFirst && cursor !== undefined) confirmed();
      },
      error(error) {
        if (codesOf(error).includes('CURSOR_EXPIRED')) cursor = undefined;
        again();
      },
      complete: again,
    });
    if (cursor === undefined && isConnected()) begun();
  }

  start();
  return {
    connected() {
      if (cursor === undefined) begun();
    },
    stop() {
      isStopped = true;
      unsubscribe();
    },
  };
}

/** An `error` message of the protocol holds GraphQL errors; anything else is an event of the socket. */
function codesOf(error: unknown): unknown[] {
  if (!Array.isArray(error)) return [];
  return error.map((each: { extensions?: { code?: unknown } }) => each.extensions?.code);
}
