import { HttpRefusal } from '@airline/service/server';
import type { Visit } from '../admission/visit.ts';
import { isRefused, type Refused } from '../refusal.ts';
import type { Client, OperationResult, RequestParameters, Runnable } from '../request.ts';
import { leaveSignal } from '../response.ts';
import { type Accepted, notAcceptable } from './accept.ts';
import type { Exchange } from './exchange.ts';
import { writeIncrements } from './increments.ts';
import type { Arrived } from './parameters.ts';
import type { Asker, RefuseClient } from './refusing.ts';
import { writeWhole } from './whole.ts';

interface PrepareOptions {
  readonly readOnly?: boolean;
  readonly increments?: boolean;
}

export interface RespondOptions<Prepared extends Runnable> {
  readonly pipeline: {
    prepare(
      parameters: RequestParameters,
      client: Client,
      options?: PrepareOptions,
    ): Promise<Prepared | Refused>;
    execute(prepared: Prepared, event: undefined, signal: AbortSignal): Promise<OperationResult>;
  };
  /**
   * Sends a subscription's results as a stream, if it knows one that the request's accept header asks for; it
   * then ends the response itself. The response has its headers for CORS and `x-request-id` already.
   *
   * @returns whether it does so, or why not
   */
  readonly stream?: (prepared: Prepared, exchange: Exchange) => boolean | Refused;
  /** How long caches may keep responses to GET requests without credentials, in seconds; 0: not at all. */
  readonly cacheSeconds: number;
}

/** On whose behalf a request runs that is admitted. */
export interface Entered extends Asker {
  readonly client: Client;
  readonly visit: Visit;
}

/** Runs an operation that has come, and writes its result. */
export type Respond = (exchange: Exchange, arrived: Arrived, entered: Entered) => Promise<void>;

export function createRespond<Prepared extends Runnable>(
  { pipeline, stream, cacheSeconds }: RespondOptions<Prepared>,
  refuseClient: RefuseClient,
): Respond {
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
    return writeWhole(exchange, prepared, result, accepted, cacheSeconds);
  }

  function serveStream(exchange: Exchange, prepared: Prepared, accepted: Accepted) {
    exchange.response.setHeader('x-request-id', exchange.id);
    const streamed = stream?.(prepared, exchange) ?? false;
    if (typeof streamed === 'object')
      return refuseClient(exchange, streamed, { accepted, client: prepared.client });
    if (!streamed) throw notStreamed();
  }

  return async (exchange, arrived, entered) => {
    const { visit } = entered;
    const starting = visit.start(arrived.bytes);
    const refused = starting instanceof Promise ? await starting : starting;
    if (refused) return refuseClient(exchange, refused, entered);
    try {
      await run(exchange, arrived, entered);
    } finally {
      visit.finish();
    }
  };
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
