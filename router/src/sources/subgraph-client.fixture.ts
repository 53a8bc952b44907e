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
    isIdempotent = kind === 'query',
  ) => client.send({ body, kind, isIdempotent, exact: false }, { ...asked, ...context });
  return {
    lines,
    client,
    context: asked,
    query: (context?: Partial<FetchContext>, body?: string) => send('query', context, body),
    mutate: (context?: Partial<FetchContext>, body?: string) => send('mutation', context, body),
    mutateByKey: () => send('mutation', {}, '{"query":"mutation { a }"}', true),
  };
}

type ClientOptions = Partial<SubgraphClientOptions> & { readonly connections?: number };

const nothing = () => {};
const controller = {
  aborted: false,
  paused: false,
  reason: null,
  abort: nothing,
  pause: nothing,
  resume: nothing,
};

/** Connects to nothing: each request fails at once, with this code. */
export class FailingDispatcher extends Dispatcher {
  readonly #code: string;
  dispatches = 0;

  constructor(code: string) {
    super();
    this.#code = code;
  }

  override dispatch(_options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    this.dispatches += 1;
    handler.onResponseError?.(controller, Object.assign(new Error(this.#code), { code: this.#code }));
    return true;
  }
}

export const unavailable = { failure: 'The subgraph "flight" is unavailable.' };
export const notGraphQL = { failure: 'The subgraph "flight" did not return a GraphQL response.' };
