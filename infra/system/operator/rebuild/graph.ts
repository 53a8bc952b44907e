import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from '@airline/service';

/** Sends one operation to the graph as an operator; returns its data. */
export type Graph = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

export interface GraphOptions {
  readonly url: string;
  /** The bearer token of an operator; undefined where the system is open. */
  readonly token: string | undefined;
  /** Milliseconds before the first retry, doubled for each further one; default 200. */
  readonly retryMs?: number;
  /** How often an operation is sent before a transient error is thrown; default 6. */
  readonly attempts?: number;
}

/** A failure that the same operation may not meet again. */
export class TransientError extends StartError {}

interface GraphResponse<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly unknown[];
    readonly extensions?: { readonly code?: string };
  }[];
}

/** How often an operation is sent that the router has no room for: it says when to send it again, and nothing has begun. */
const MOST_REFUSALS = 300;
const TIMEOUT_MS = 60_000;

/** Codes of transient errors: a killed process, an unavailable database, a lost event. */
const TRANSIENT = ['TRY_AGAIN_LATER', 'SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];

const REFUSALS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'set ACCESS_TOKEN to a token of an operator that has not expired.',
  FORBIDDEN: 'ACCESS_TOKEN is of a caller who is no operator; set one of an operator.',
  PERSISTED_QUERY_NOT_FOUND:
    'the router accepts only persisted operations; set ROUTER_URL to one that accepts any.',
  METHOD_NOT_ALLOWED: 'ROUTER_URL is to end in /graphql.',
  GRAPHQL_VALIDATION_FAILED:
    'the graph is of another release than this command; use the command of that release.',
};

/** Of a field below those of the root, which the caller may ask for: its rule, and not the token alone, may be at fault. */
const HIDDEN_FIELD =
  'Set ACCESS_TOKEN to a token of an operator; if it is of one, let operators see the field, by its rule in the SDL.';

const isBelowRoot = (path: readonly unknown[] = []): boolean => path.length > 1;

/**
 * A client of the graph. What the router has no room for is sent again when it says, and transient errors are retried a few
 * times; `Graph` throws a StartError with the remedy for others, and a TransientError after the last retry.
 */
export function createGraph({ url, token, retryMs = 200, attempts: most = 6 }: GraphOptions): Graph {
  async function send<Data>(body: string): Promise<GraphResponse<Data> | { retryAfterMs: number }> {
    const http = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await http.text();
    const retryAfter = Number(http.headers.get('retry-after') ?? Number.NaN);
    if ([429, 503].includes(http.status) && retryAfter >= 0) return { retryAfterMs: retryAfter * 1000 };
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`HTTP ${http.status} without JSON`);
    }
  }

  /** The data, or when to send it again, or the message of a transient error. */
  async function attempt<Data>(
    body: string,
  ): Promise<{ data: Data } | { retryAfterMs: number } | { transient: string }> {
    let response: GraphResponse<Data>;
    try {
      const sent = await send<Data>(body);
      if ('retryAfterMs' in sent) return sent;
      response = sent;
    } catch (error) {
      // `fetch` and `send` throw nothing else.
      const { message, cause } = error as Error;
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : message;
      return {
        transient: `The router at ${url} is unavailable (${reason}). Start it, or correct ROUTER_URL.`,
      };
    }
    const [error] = response.errors ?? [];
    if (!error && response.data) return { data: response.data };
    const message = error?.message ?? 'The response has neither data nor errors.';
    const code = error?.extensions?.code ?? '';
    if (TRANSIENT.includes(code)) return { transient: `The graph refused the request (${code}): ${message}` };
    const isHidden = code === 'FORBIDDEN' && isBelowRoot(error?.path);
    const advice = isHidden ? `${message} ${HIDDEN_FIELD}` : REFUSALS[code];
    throw new StartError(`The graph refused the request (${code}): ${advice ?? message}`);
  }

  return async <Data>(query: string, variables: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify({ query, variables });
    let [failures, refusals] = [0, 0];
    for (;;) {
      const outcome = await attempt<Data>(body);
      if ('data' in outcome) return outcome.data;
      if ('retryAfterMs' in outcome) {
        refusals += 1;
        if (refusals === MOST_REFUSALS)
          throw new TransientError(`The router at ${url} has no room for the request.`);
        await pause(outcome.retryAfterMs);
      } else {
        failures += 1;
        if (failures === most) throw new TransientError(outcome.transient);
        await pause(retryMs * 2 ** (failures - 1));
      }
    }
  };
}
