import { type Logger, noTelemetry, type OpenSpan, type Telemetry } from '@airline/observability';
import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { type GraphQLFormattedError, Kind, parse } from 'graphql';
import type { Dispatcher } from 'undici';

/** What a fetch needs to know of the request it is for. */
export interface FetchContext {
  /** The client's headers that subgraphs see, by lower-case name. */
  forwarded: Readonly<Record<string, string>>;
}

/** By the subgraph's name. */
export type DataSources = Readonly<Record<string, GraphQLDataSource>>;

export interface SubgraphOptions {
  name: string;
  url: string;
  /** Keeps connections alive; shared by all subgraphs. */
  dispatcher: Dispatcher;
  timeoutMs: number;
  logger: Logger;
  telemetry?: Telemetry;
}

type Request = GraphQLDataSourceProcessOptions<FetchContext>['request'];
type Response = Awaited<ReturnType<GraphQLDataSource['process']>>;

/**
 * Sends the gateway's fetches to one subgraph. A subgraph that cannot be reached, responds too late or with what is not
 * GraphQL gives errors with the code SUBGRAPH_UNAVAILABLE, one for each field or entity that was asked for, so
 * that each has its path in the client's response. They name the subgraph, never its URL.
 */
export class SubgraphDataSource implements GraphQLDataSource<FetchContext> {
  readonly #options: SubgraphOptions;
  readonly #origin: string;
  readonly #path: string;

  constructor(options: SubgraphOptions) {
    const { origin, pathname, search } = new URL(options.url);
    this.#options = options;
    this.#origin = origin;
    this.#path = pathname + search;
  }

  process({ request, context }: GraphQLDataSourceProcessOptions<FetchContext>): Promise<Response> {
    const { name, telemetry = noTelemetry } = this.#options;
    const { tracing, metrics } = telemetry;
    return tracing.run(`fetch ${name}`, { kind: 'client' }, async (span) => {
      const begun = performance.now();
      const { outcome, response } = await this.#fetch(request, headersWithin(span, context.forwarded));
      const seconds = (performance.now() - begun) / 1000;
      metrics.observe('subgraph_fetch_duration_seconds', seconds, { subgraph: name, outcome });
      span.set({ 'server.address': name, 'graphql.outcome': outcome });
      return response;
    });
  }

  async #fetch(request: Request, headers: Record<string, string>) {
    const { name, url, logger } = this.#options;
    try {
      const response = await this.#send(request, headers);
      return { outcome: response.errors ? 'errors' : 'ok', response };
    } catch (error) {
      logger.warn({ err: error, subgraph: name, url }, 'subgraph unavailable');
      const message = `The subgraph "${name}" ${this.#reason(error)}.`;
      const errors = pathsAskedFor(request).map((path): GraphQLFormattedError => {
        return { message, path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };
      });
      return { outcome: isLate(error) ? 'timeout' : 'unavailable', response: { data: null, errors } };
    }
  }

  async #send(request: Request, forwarded: FetchContext['forwarded']): Promise<Response> {
    const { query, variables, operationName } = request;
    const { statusCode, body } = await this.#options.dispatcher.request({
      origin: this.#origin,
      path: this.#path,
      method: 'POST',
      headers: { ...forwarded, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query, variables, operationName }),
      signal: AbortSignal.timeout(this.#options.timeoutMs),
    });
    const text = await body.text();
    const response = parseResponse(text);
    if (response === undefined)
      throw new Error(`HTTP ${statusCode} with a body that is not GraphQL: ${text.slice(0, 200)}`);
    return response;
  }

  #reason(error: unknown): string {
    return isLate(error) ? `did not respond within ${this.#options.timeoutMs} ms` : 'is unavailable';
  }
}

const isLate = (error: unknown) => error instanceof Error && error.name === 'TimeoutError';

/** This fetch is the parent of the subgraph's spans; without traces, what the client has sent. */
function headersWithin(
  { traceparent }: OpenSpan,
  forwarded: FetchContext['forwarded'],
): Record<string, string> {
  return traceparent === undefined ? { ...forwarded } : { ...forwarded, traceparent };
}

/** A GraphQL response counts whatever its HTTP status: refused requests come with 4xx. */
function parseResponse(text: string): Response | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof body !== 'object' || body === null) return undefined;
  // The subgraph is trusted to return what GraphQL says under these two keys.
  const { data, errors } = body as {
    data?: Record<string, unknown> | null;
    errors?: GraphQLFormattedError[];
  };
  if (data === undefined && !Array.isArray(errors)) return undefined;
  return { data: data ?? null, ...(Array.isArray(errors) ? { errors } : {}) };
}

/** Paths, as the subgraph would give them, of the entities or else the root fields that a fetch asks for. */
function pathsAskedFor({ query = '', variables }: Request): (string | number)[][] {
  const representations: unknown = variables?.representations;
  if (Array.isArray(representations)) return representations.map((_, i) => ['_entities', i]);
  const operation = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const selections = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  return selections.flatMap((field) =>
    field.kind === Kind.FIELD ? [[field.alias?.value ?? field.name.value]] : [],
  );
}
