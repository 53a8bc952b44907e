import { type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import type { SignCaller } from '@airline/service/server';
import type { HttpClient } from '../http-client/http-client.ts';
import { CircuitBreaker } from './circuit-breaker.ts';
import { requestStart } from './request-headers.ts';
import { Exchange } from './subgraph-exchange.ts';
import { SubgraphFaults } from './subgraph-faults.ts';
import type { Outcome, Subgraph } from './subgraph-fetch.ts';
import type {
  Failure,
  FetchContext,
  SubgraphClient,
  SubgraphRequest,
  SubgraphResponse,
} from './subgraph-request.ts';

export interface SubgraphClientOptions {
  readonly name: string;
  readonly url: string;
  /** Keeps connections alive and bounds their number per subgraph; shared by all subgraphs. */
  readonly http: HttpClient;
  readonly timeoutMs: number;
  /** Signs each request; undefined where subgraphs take requests from anyone. */
  readonly sign: SignCaller | undefined;
  readonly logger: Logger;
  readonly telemetry?: Telemetry;
  /** Maximum size of a response, also when decompressed; default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Maximum number of requests in flight or waiting for a connection, beyond which a request fails at once; default 2,048. */
  readonly maxPending?: number;
  /** Milliseconds of the clock that deadlines are in; default performance.now(). */
  readonly now?: () => number;
  /** From 0 to below 1; default Math.random(). */
  readonly random?: () => number;
}

const CLIENT = { kind: 'client' } as const;

/**
 * A client of one subgraph, over HTTP. A query, or a mutation with a key, is sent once more when its connection was closed
 * before any byte of a response. What has no connection yet is sent on one of the next, within a second: of several replicas
 * one may be gone. While the subgraph does not respond at all, requests fail at once but for one probe a second.
 */
export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const { name, logger, telemetry = noTelemetry, maxPending = 2_048 } = options;
  const { tracing, metrics } = telemetry;
  const subgraph = subgraphOf(options);
  const { breaker, timeoutMs, now } = subgraph;
  const spanName = `fetch ${name}`;
  let isFull = false;

  function refuse(reason: string, outcome: Outcome, code?: Failure['code']): Promise<SubgraphResponse> {
    metrics.observe('subgraph_fetch_duration_seconds', 0, { subgraph: name, outcome });
    return Promise.resolve({ failure: `The subgraph "${name}" ${reason}.`, ...(code && { code }) });
  }

  /** One log line for each time that it happens, not for each request. */
  function refuseFull(): Promise<SubgraphResponse> {
    if (!isFull)
      logger.warn({ subgraph: name, url: options.url, pending: maxPending }, 'subgraph overloaded');
    isFull = true;
    return refuse(`has ${maxPending} requests pending, the most it may have`, 'unavailable');
  }

  function send(request: SubgraphRequest, context: FetchContext): Promise<SubgraphResponse> {
    const begunAt = now();
    const { deadline, signal, allowance } = context;
    const waitMs = deadline === undefined ? timeoutMs : Math.min(timeoutMs, deadline - begunAt);
    if (signal?.aborted) return refuse('was not asked: the request was aborted', 'aborted');
    if (allowance?.isExceeded)
      return refuse('was not asked: the response is too large already', 'aborted', 'RESPONSE_TOO_LARGE');
    if (waitMs <= 0) return refuse("was not asked: the request's deadline is over", 'timeout');
    if (subgraph.pending >= maxPending) return refuseFull();
    isFull = false;
    if (!breaker.admits(begunAt))
      return refuse('is unavailable: recent requests to it failed', 'unavailable');
    const span = tracing.start(spanName, CLIENT);
    return new Promise((resolve) => {
      new Exchange(subgraph, request, context, span, begunAt, waitMs, resolve).begin();
    });
  }

  return { name, send };
}

function subgraphOf(options: SubgraphClientOptions): Subgraph {
  const { name, url, logger, telemetry = noTelemetry, random = Math.random } = options;
  const { now = () => performance.now(), maxResponseBytes = 64 * 1024 * 1024 } = options;
  const location = new URL(url);
  const changed = (isOpen: boolean) => {
    // Why it has opened is logged by then.
    if (isOpen) logger.debug({ subgraph: name, url }, 'subgraph circuit opened');
    else logger.info({ subgraph: name, url }, 'subgraph available again');
  };
  return {
    name,
    url,
    origin: location.origin,
    start: requestStart(location),
    timeoutMs: options.timeoutMs,
    sign: options.sign,
    maxResponseBytes,
    http: options.http,
    breaker: new CircuitBreaker({ random, changed }),
    faults: new SubgraphFaults(),
    now,
    logger,
    metrics: telemetry.metrics,
    pending: 0,
  };
}
