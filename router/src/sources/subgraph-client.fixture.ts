import { recording } from '@airline/observability/recorded-lines';
import { everyone } from '@airline/service/server';
import { onTestFinished } from 'vitest';
import type { Stage } from '../http-client/call.ts';
import { createHttpClient, type HttpClient } from '../http-client/http-client.ts';
import { authorityOf } from '../request.ts';
import { createSubgraphClient, type SubgraphClientOptions } from './subgraph-client.ts';
import type { FetchContext } from './subgraph-request.ts';

const asked: FetchContext = { forwarded: {}, authority: authorityOf(everyone) };

/** A client of a subgraph named flight, which connects as often as the router does unless the test says otherwise. */
export function clientOf(url: string, { connections = 128, ...options }: ClientOptions = {}) {
  const { logger, lines } = recording('debug');
  const http = createHttpClient({ connections });
  onTestFinished(() => http.close());
  const client = createSubgraphClient({
    name: 'flight',
    url,
    http,
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

/** An HTTP client to which nothing connects, or not the first calls, before they reach another one. */
export class FailingHttpClient implements HttpClient {
  readonly #error: Error;
  readonly #stage: Stage;
  readonly #then: { readonly http: HttpClient; readonly after: number } | undefined;
  calls = 0;

  constructor(code: string, stage: Stage, then?: { readonly http: HttpClient; readonly after: number }) {
    this.#error = Object.assign(new Error(code), { code });
    this.#stage = stage;
    this.#then = then;
  }

  send: HttpClient['send'] = (origin, call) => {
    this.calls += 1;
    if (this.#then && this.calls > this.#then.after) this.#then.http.send(origin, call);
    else call.failed(this.#error, this.#stage);
  };

  close(): void {}
}

export const unavailable = { failure: 'The subgraph "flight" is unavailable.' };
export const notGraphQL = { failure: 'The subgraph "flight" did not return a GraphQL response.' };
