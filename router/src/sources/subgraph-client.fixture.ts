import { recording } from '@airline/observability/recorded-lines';
import { everyone } from '@airline/service/server';
import { Agent, Dispatcher } from 'undici';
import { onTestFinished } from 'vitest';
import { authorityOf } from '../request.ts';
import { createSubgraphClient, type FetchContext, type SubgraphClientOptions } from './subgraph-client.ts';

const asked: FetchContext = { forwarded: {}, authority: authorityOf(everyone) };

/** A client of a subgraph named flight, which connects as often as the router does unless the test says otherwise. */
export function clientOf(url: string, { connections = 128, ...options }: ClientOptions = {}) {
  const { logger, lines } = recording('debug');
  const dispatcher = new Agent({ connections });
  onTestFinished(() => dispatcher.destroy());
  const client = createSubgraphClient({
    name: 'flight',
    url,
    dispatcher,
    timeoutMs: 10_000,
    sign: undefined,
    logger,
    ...options,
  });
  const send = (
    kind: 'query' | 'mutation',
    context: Partial<FetchContext> = {},
    body = '{"query":"{ a }"}',
    idempotencyKey?: string,
  ) => client.send({ body, kind, idempotencyKey, exact: false }, { ...asked, ...context });
  return {
    lines,
    client,
    context: asked,
    query: (context?: Partial<FetchContext>, body?: string) => send('query', context, body),
    mutate: (context?: Partial<FetchContext>, body?: string, idempotencyKey?: string) =>
      send('mutation', context, body, idempotencyKey),
  };
}

type ClientOptions = Partial<SubgraphClientOptions> & { readonly connections?: number };

const nothing = () => {};
/** An exchange of undici's that cannot be ended. */
export const controller = {
  aborted: false,
  paused: false,
  reason: null,
  abort: nothing,
  pause: nothing,
  resume: nothing,
};

/** Connects to nothing: each request fails at once, with this code; or only the first requests, before it connects by `then`. */
export class FailingDispatcher extends Dispatcher {
  readonly #code: string;
  readonly #then: { readonly dispatcher: Dispatcher; readonly after: number } | undefined;
  dispatches = 0;

  constructor(code: string, then?: { readonly dispatcher: Dispatcher; readonly after: number }) {
    super();
    this.#code = code;
    this.#then = then;
  }

  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.dispatches += 1;
    if (this.#then && this.dispatches > this.#then.after)
      return this.#then.dispatcher.dispatch(options, handler);
    handler.onResponseError?.(controller, Object.assign(new Error(this.#code), { code: this.#code }));
    return true;
  }
}

export const unavailable = { failure: 'The subgraph "flight" is unavailable.' };
export const notGraphQL = { failure: 'The subgraph "flight" did not return a GraphQL response.' };
