import type { IncomingMessage } from 'node:http';
import { HttpRefusal, internalError, type Limits, refusal } from '@airline/service/server';
import type { Admission } from '../admission/admission.ts';
import type { HeldRefusals } from '../admission/held-refusals.ts';
import type { Visit } from '../admission/visit.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, OperationResult, RequestParameters } from '../request.ts';
import { leaveSignal, whenOver } from '../response.ts';
import { type Accepted, readAccept } from './accept.ts';
import type { Attempt } from './attempt.ts';
import { COMPRESSED_FROM, writeCompressed } from './compression.ts';
import { preventForgery } from './csrf.ts';
import type { Exchange } from './exchange.ts';
import { writeIncrements } from './increments.ts';
import { type Arrived, arrivedBody, arrivedUrl } from './parameters.ts';
import { readBody } from './read.ts';
import { resultBody } from './result-text.ts';
import { write, writeRefused } from './write.ts';

/** What HTTP must know of an operation that may be executed. */
export interface Operation {
  readonly type: 'query' | 'mutation' | 'subscription';
  readonly client: Client;
  /** Estimated. */
  readonly cost: number;
  /** The same for all requests for the same work. */
  readonly planned: object;
}

interface PrepareOptions {
  readonly readOnly?: boolean;
  readonly increments?: boolean;
}

export interface GraphqlOptions<Prepared extends Operation> {
  readonly pipeline: {
    prepare(
      parameters: RequestParameters,
      client: Client,
      options?: PrepareOptions,
    ): Promise<Prepared | Refused>;
    execute(prepared: Prepared, event: undefined, signal: AbortSignal): Promise<OperationResult>;
  };
  /** Who asks; `id` is the request's. It may throw a RequestError. */
  readonly identify: (request: IncomingMessage, id: string) => Client | Refused | Promise<Client | Refused>;
  /** Admits an operation of a client, or says why not. */
  readonly admit: Admission['enter'];
  /** @returns what resolves when a refusal may be sent; undefined for at once */
  readonly hold: HeldRefusals['hold'];
  /**
   * Sends a subscription's results as a stream, if it knows one that the request's accept header asks for; it
   * then ends the response itself. The response has its headers for CORS and `x-request-id` already.
   *
   * @returns whether it does so, or why not
   */
  readonly stream?: (prepared: Prepared, exchange: Exchange) => boolean | Refused;
  readonly limits: Limits;
  /** How long caches may keep responses to GET requests without credentials, in seconds; 0: not at all. */
  readonly cacheSeconds: number;
  /** The path to which a browser that opens this one is redirected; none by default. */
  readonly playground?: string;
}

/** A request as far as its head says. */
interface Arrival {
  readonly accepted: Accepted;
  /** Its URL from behind the question mark. */
  readonly search: string;
}

/** On whose behalf a request runs that is admitted. */
interface Entered extends Pick<Arrival, 'accepted'> {
  readonly client: Client;
  readonly visit: Visit;
}

/**
 * GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/): GET for queries, POST for all.
 * @returns the handler of a GET or POST; `search` is its URL from behind the question mark
 */
export function createGraphql<Prepared extends Operation>(
  options: GraphqlOptions<Prepared>,
  attempt: Attempt,
): (exchange: Exchange, search: string) => void | Promise<void> {
  const { pipeline, admit, hold, identify, stream, limits, cacheSeconds, playground } = options;

  /** Refuses what is not admitted before its body is read. */
  function enter(exchange: Exchange, client: Client | Refused, { accepted, search }: Arrival) {
    if (isRefused(client)) return refuseRequest(exchange, client, accepted);
    const { request, response } = exchange;
    const visit = admit(client.source);
    if (isRefused(visit)) return refuseClient(exchange, visit, { accepted, client });
    whenOver(request, response, () => visit.leave());
    const entered = { accepted, client, visit };
    if (request.method === 'GET') return respond(exchange, arrivedUrl(search, limits), entered);
    readBody(exchange, limits.bodyBytes, (body) =>
      attempt(exchange, () => {
        if (body instanceof HttpRefusal) throw body;
        return respond(exchange, arrivedBody(body, limits), entered);
      }),
    );
  }

  async function respond(exchange: Exchange, arrived: Arrived, entered: Entered) {
    const { visit } = entered;
    const starting = visit.start(arrived.bytes);
    const refused = starting instanceof Promise ? await starting : starting;
    if (refused) return refuseClient(exchange, refused, entered);
    try {
      await run(exchange, arrived, entered);
    } finally {
      visit.finish();
    }
  }

  /** Not in `run`, which would hold on to the parameters while the operation runs. */
  const prepare = (arrived: Arrived, client: Client, options: PrepareOptions) =>
    pipeline.prepare(arrived.parse(), client, options);

  async function run(exchange: Exchange, arrived: Arrived, { accepted, client, visit }: Entered) {
    const readOnly = exchange.request.method === 'GET';
    const format = readOnly ? undefined : accepted.increments;
    const prepared = await prepare(arrived, client, { readOnly, increments: format !== undefined });
    if (isRefused(prepared)) {
      // It takes no place while it is held.
      visit.finish();
      return refuseClient(exchange, prepared, { accepted, client });
    }
    if (prepared.type === 'subscription') {
      // From here on the limits of subscriptions count it.
      visit.end();
      return serveStream(exchange, prepared, accepted);
    }
    if (!accepted.whole && !format) throw notAcceptable();
    const leaving = leaveSignal(exchange.response);
    const execute = () => pipeline.execute(prepared, undefined, leaving);
    const result = await visit.inTurn(prepared.cost, execute);
    const finish = () => visit.finish(prepared.planned);
    if (result.deferred) void result.deferred.ended.then(finish);
    else finish();
    if (format && (result.deferred || !accepted.whole)) return writeIncrements(exchange, result, format);
    return writeWhole(exchange, prepared, result, accepted);
  }

  function writeWhole(exchange: Exchange, prepared: Prepared, result: OperationResult, { type }: Accepted) {
    const body = resultBody(result);
    const writing = { status: statusOf(result, type), type: `${type}; charset=utf-8`, body };
    const cached = cacheSeconds > 0 && isPublic(exchange, prepared, result);
    if (cached) exchange.response.appendHeader('vary', 'Accept, Authorization');
    const respondWith = body.length < COMPRESSED_FROM ? write : writeCompressed;
    return respondWith(
      exchange,
      cached ? { ...writing, caching: `public, max-age=${cacheSeconds}` } : writing,
    );
  }

  function serveStream(exchange: Exchange, prepared: Prepared, accepted: Accepted) {
    exchange.response.setHeader('x-request-id', exchange.id);
    const streamed = stream?.(prepared, exchange) ?? false;
    if (typeof streamed === 'object')
      return refuseClient(exchange, streamed, { accepted, client: prepared.client });
    if (!streamed) throw notStreamed();
  }

  function refuseClient(
    exchange: Exchange,
    refused: Refused,
    { accepted, client }: Pick<Entered, 'accepted' | 'client'>,
  ) {
    const held = hold(client.source, refused);
    if (!held) return refuseRequest(exchange, refused, accepted);
    return held.then(() => refuseRequest(exchange, refused, accepted));
  }

  return (exchange, search) => {
    const { request } = exchange;
    const accepted = readAccept(request.headers.accept);
    if (playground && accepted.page && request.method === 'GET' && search === '') {
      return redirect(exchange, playground);
    }
    if (!accepted.whole && !accepted.streams) throw notAcceptable();
    const contentType = request.headers['content-type'];
    if (request.method === 'GET') preventForgery(request.headers);
    else if (!isJson(contentType)) throw refusal.wrongMediaType(contentType);
    const client = identify(request, exchange.id);
    const arrival = { accepted, search };
    if (client instanceof Promise) return client.then((known) => enter(exchange, known, arrival));
    return enter(exchange, client, arrival);
  };
}

function redirect(exchange: Exchange, path: string): void {
  exchange.response.setHeader('location', path);
  exchange.response.appendHeader('vary', 'Accept');
  const body = `The playground is at ${path}.\n`;
  write(exchange, { status: 303, type: 'text/plain; charset=utf-8', body });
}

export function isJson(contentType: string | undefined): boolean {
  return contentType === 'application/json' || /^\s*application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** What anyone may read, and whose reading changed nothing. The times of a plan are of one request. */
function isPublic({ request }: Exchange, { type }: Operation, result: OperationResult): boolean {
  const { authorization, cookie } = request.headers;
  const hasCredentials = authorization !== undefined || cookie !== undefined;
  const { errors, extensions } = result;
  const isWhole = errors === undefined && extensions?.plan === undefined;
  return request.method === 'GET' && type === 'query' && !hasCredentials && isWhole;
}

function refuseRequest(exchange: Exchange, refused: Refused, { type }: Accepted): void {
  const status = requestErrorStatus(refused.status, type);
  writeRefused(exchange, { ...refused, status }, `${type}; charset=utf-8`);
}

/** A response without data is a request error, even if it was found as late as this, or a fault of the router. */
function statusOf({ data, errors }: OperationResult, type: Accepted['type']): number {
  if (data !== undefined) return 200;
  const isFault = errors?.some(({ extensions }) => extensions?.code === internalError.code);
  return isFault ? internalError.status : requestErrorStatus(400, type);
}

/** Under application/json a status other than 200 could be a proxy's, so a request that GraphQL refuses gets 200. */
function requestErrorStatus(status: number, type: Accepted['type']): number {
  return status === 400 && type === 'application/json' ? 200 : status;
}

function notAcceptable(): HttpRefusal {
  const message =
    'The "accept" header allows no media type of this server: use application/graphql-response+json or application/json.';
  return new HttpRefusal(406, 'NOT_ACCEPTABLE', message);
}

function notStreamed(): HttpRefusal {
  const ways =
    'by WebSocket (graphql-transport-ws) at /graphql, as server-sent events at /graphql/stream, or by a POST that accepts multipart/mixed;subscriptionSpec=1.0';
  return new HttpRefusal(
    406,
    'NOT_ACCEPTABLE',
    `A subscription cannot be sent as one response. Subscribe ${ways}.`,
  );
}
