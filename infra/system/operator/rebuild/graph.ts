import { setTimeout as pause } from 'node:timers/promises';
import { StartError } from '@airline/service';

/** Sends one operation to the graph as an operator; answers its data. */
export type Graph = <Data>(query: string, variables: Readonly<Record<string, unknown>>) => Promise<Data>;

export interface GraphOptions {
  readonly url: string;
  readonly token: string;
  /** Milliseconds before the first further try of what may succeed later, doubled for each one after it; 200 unless told. */
  readonly retryMs?: number;
}

interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

const ATTEMPTS = 6;
const ANSWER_WITHIN_MS = 60_000;

/** What a process that is killed, a database that is away or a lost event may say, for a moment. */
const PASSING = ['TRY_AGAIN_LATER', 'SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];

const REFUSALS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'set OPERATOR_TOKEN to the token with which the dashboard service was started.',
  FORBIDDEN: 'OPERATOR_TOKEN is not the token with which the dashboard service was started; correct it.',
  PERSISTED_QUERY_NOT_FOUND:
    'the router takes only operations that it knows: set ROUTER_URL to one that takes any operation.',
  GRAPHQL_VALIDATION_FAILED:
    'the graph is of another release than this command: use the command of that release.',
};

/**
 * A client of the graph. What may pass is tried a few times; `Graph` throws a StartError, which says what to do, for
 * what does not.
 */
export function createGraph({ url, token, retryMs = 200 }: GraphOptions): Graph {
  async function send<Data>(body: string): Promise<Answer<Data>> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`it answers ${response.status}, and no JSON`);
    }
  }

  /** The data, or why there are none for now. */
  async function attempt<Data>(body: string): Promise<{ data: Data } | { passing: string }> {
    let answer: Answer<Data>;
    try {
      answer = await send<Data>(body);
    } catch (error) {
      const { message, cause } = error as Error;
      const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : message;
      return {
        passing: `The router at ${url} does not answer (${reason}): start it, or correct ROUTER_URL.`,
      };
    }
    const [error] = answer.errors ?? [];
    if (!error && answer.data) return { data: answer.data };
    const message = error?.message ?? 'The graph answered neither data nor errors.';
    const code = error?.extensions?.code ?? '';
    if (PASSING.includes(code)) return { passing: `The graph refuses (${code}): ${message}` };
    const advice = REFUSALS[code];
    throw new StartError(`The graph refuses (${code}): ${advice ?? message}`);
  }

  return async <Data>(query: string, variables: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify({ query, variables });
    for (let attempts = 1; ; attempts += 1) {
      const outcome = await attempt<Data>(body);
      if ('data' in outcome) return outcome.data;
      if (attempts === ATTEMPTS) throw new StartError(outcome.passing);
      await pause(retryMs * 2 ** (attempts - 1));
    }
  };
}
