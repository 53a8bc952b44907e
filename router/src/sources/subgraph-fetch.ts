import type { Logger, Metrics, OpenSpan } from '@airline/observability';
import type { SignCaller } from '@airline/service/server';
import type { HttpClient } from '../http-client/http-client.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { SubgraphFaults } from './subgraph-faults.ts';
import type { Failure, FetchContext, SubgraphResponse } from './subgraph-request.ts';

/** What all fetches from one subgraph share. */
export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly origin: string;
  /** The lines that each request begins with. */
  readonly start: string;
  readonly timeoutMs: number;
  readonly sign: SignCaller | undefined;
  readonly maxResponseBytes: number;
  readonly http: HttpClient;
  readonly breaker: CircuitBreaker;
  readonly faults: SubgraphFaults;
  readonly now: () => number;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Requests that the HTTP client has, also those that nobody waits for any longer. */
  pending: number;
}

export type Outcome = 'ok' | 'errors' | 'timeout' | 'unavailable' | 'aborted';

/** How long a subgraph had at least, in ms, for a timeout to say something about it rather than about the client. */
const FAIR_WAIT_MS = 1_000;

/**
 * One fetch as its caller sees it: it has one response, within its time and while its signal is not aborted. It is its own
 * timer's argument, since there are thousands a second.
 */
export abstract class SubgraphFetch {
  protected readonly subgraph: Subgraph;
  protected readonly context: FetchContext;
  protected readonly span: OpenSpan;
  /** In ms of the subgraph's clock. */
  protected readonly begunAt: number;
  /** The subgraph's timeout or, if that is less, what the request's deadline leaves; in ms. */
  protected readonly waitMs: number;
  protected isSettled = false;
  readonly #resolve: (response: SubgraphResponse) => void;
  #timer: NodeJS.Timeout | undefined;
  /** A function: with an object for a listener, Node 26 keeps all of a request until the next full garbage collection. */
  readonly #aborted = (): void => {
    this.abandon('aborted', 'is no longer waited for: the request was aborted');
  };

  constructor(
    subgraph: Subgraph,
    context: FetchContext,
    span: OpenSpan,
    begunAt: number,
    waitMs: number,
    resolve: (response: SubgraphResponse) => void,
  ) {
    this.subgraph = subgraph;
    this.context = context;
    this.span = span;
    this.begunAt = begunAt;
    this.waitMs = waitMs;
    this.#resolve = resolve;
  }

  /** Ends the exchange with the subgraph, whose response nobody waits for any longer. */
  protected abstract abort(error: Error): void;

  protected watch(): void {
    this.#timer = setTimeout(expire, Math.ceil(this.waitMs), this);
    this.context.signal?.addEventListener('abort', this.#aborted);
    this.context.allowance?.add(this);
  }

  /** Its time is over. */
  expire(): void {
    const { timeoutMs, breaker, now } = this.subgraph;
    if (this.waitMs >= Math.min(timeoutMs, FAIR_WAIT_MS)) breaker.failed(now());
    const within = this.waitMs < timeoutMs ? "before the request's deadline" : `within ${timeoutMs} ms`;
    this.abandon('timeout', `did not respond ${within}`);
  }

  /** The operation has had too much. */
  stop(): void {
    this.abandon('aborted', 'is no longer waited for: the response is too large', 'RESPONSE_TOO_LARGE');
  }

  protected abandon(outcome: Outcome, reason: string, code?: Failure['code']): void {
    if (this.isSettled) return;
    const error = new Error(`The subgraph ${reason}.`);
    this.fail(outcome, reason, error, code);
    this.abort(error);
  }

  protected fail(outcome: Outcome, reason: string, error: unknown, code?: Failure['code']): void {
    if (this.isSettled) return;
    const { name, url, logger, faults, now } = this.subgraph;
    if (outcome !== 'aborted') {
      const level = faults.failed(reason, now()) ? 'warn' : 'debug';
      // The callbacks of a connection run in the trace of another request.
      this.span.within(() => logger[level]({ err: error, subgraph: name, url }, 'subgraph unavailable'));
    }
    this.settle({ failure: `The subgraph "${name}" ${reason}.`, ...(code && { code }) }, outcome);
  }

  protected settle(response: SubgraphResponse, outcome: Outcome): void {
    const { name, metrics, now, faults } = this.subgraph;
    this.isSettled = true;
    const at = now();
    if (outcome === 'ok' || outcome === 'errors') faults.succeeded(at);
    clearTimeout(this.#timer);
    this.context.signal?.removeEventListener('abort', this.#aborted);
    this.context.allowance?.remove(this);
    const seconds = (at - this.begunAt) / 1000;
    metrics.observe('subgraph_fetch_duration_seconds', seconds, { subgraph: name, outcome });
    this.span.set({ 'server.address': name, 'graphql.outcome': outcome });
    this.span.end();
    this.#resolve(response);
  }
}

const expire = (fetch: SubgraphFetch): void => fetch.expire();
