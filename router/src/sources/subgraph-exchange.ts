import type { OpenSpan } from '@airline/observability';
import type { Call, Stage } from '../http-client/call.ts';
import type { ResponseHead } from '../http-client/response-head.ts';
import { requestHeaders } from './request-headers.ts';
import { type Subgraph, SubgraphFetch } from './subgraph-fetch.ts';
import type { FetchContext, SubgraphRequest, SubgraphResponse } from './subgraph-request.ts';
import { decompress, parseResponse } from './subgraph-response.ts';

/** The router is refused, not its client, who must not be told to send another token. */
const UNAUTHORIZED = 401;
const NOT_SIGNED =
  'The subgraph refused the token of the router; give both the same SUBGRAPH_SECRET, and set their clocks.';
const NOT_GRAPHQL = 'did not return a GraphQL response';
/** How many characters of a body that is not GraphQL are logged. */
const LOGGED_LENGTH = 200;
/** No connection came about, for a reason that may pass. */
const PASSING = new Set<unknown>(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EAI_AGAIN', 'ETIMEDOUT']);
/** How long to wait before each further connection: a Service has forgotten the address of a pod that is gone within a second. */
const CONNECT_AGAIN_MS = [25, 50, 100, 200, 400];

/** A fetch as the HTTP client sees it: a call, most often one. */
export class Exchange extends SubgraphFetch implements Call {
  readonly #request: SubgraphRequest;
  #close: ((reason: Error) => void) | undefined;
  #isRepeated = false;
  #unconnected = 0;
  #status = 0;
  #bytes = 0;
  head = '';

  constructor(
    subgraph: Subgraph,
    request: SubgraphRequest,
    context: FetchContext,
    span: OpenSpan,
    begunAt: number,
    waitMs: number,
    resolve: (response: SubgraphResponse) => void,
  ) {
    super(subgraph, context, span, begunAt, waitMs, resolve);
    this.#request = request;
  }

  get isOver(): boolean {
    return this.isSettled;
  }

  get body(): string {
    return this.#request.body;
  }

  begin(): void {
    this.subgraph.pending += 1;
    this.watch();
    this.#send(this.begunAt);
  }

  /** Sends it once more. */
  repeat(): void {
    if (this.isSettled) this.#release();
    else this.#send(this.subgraph.now());
  }

  #send(now: number): void {
    const { http, origin, start, name, sign } = this.subgraph;
    const { body, kind, idempotencyKey } = this.#request;
    const { forwarded, authority } = this.context;
    const { caller, expiresAt } = authority;
    const remainingMs = this.waitMs - (now - this.begunAt);
    const token = sign?.(name, { caller, kind, text: body, expiresAt });
    try {
      this.head =
        start + requestHeaders(forwarded, this.span.traceparent, remainingMs, token, idempotencyKey);
    } catch (error) {
      // It says nothing about the subgraph.
      this.#release();
      this.fail('unavailable', 'is unavailable', error);
      return;
    }
    http.send(origin, this);
  }

  began(close: (reason: Error) => void): void {
    this.#close = close;
  }

  received(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.subgraph.maxResponseBytes) this.#refuseSize();
    this.context.allowance?.receive(bytes);
  }

  ended({ status, encoding }: ResponseHead, body: Buffer): void {
    this.#close = undefined;
    this.#release();
    this.subgraph.breaker.succeeded();
    this.#status = status;
    if (encoding === undefined) this.#respond(body);
    else void this.#respondDecompressed(Buffer.from(body), encoding);
  }

  failed(error: Error, stage: Stage): void {
    this.#close = undefined;
    if (!this.isSettled && this.#repeats(error, stage)) return;
    this.#release();
    if (this.isSettled) return;
    const { breaker, now } = this.subgraph;
    breaker.failed(now());
    this.fail('unavailable', 'is unavailable', error);
  }

  #repeats(error: Error, stage: Stage): boolean {
    const { kind, idempotencyKey } = this.#request;
    if (stage === 'unconnected' && 'code' in error && PASSING.has(error.code)) {
      const waitMs = CONNECT_AGAIN_MS[this.#unconnected];
      this.#unconnected += 1;
      if (waitMs !== undefined) setTimeout(repeat, waitMs, this);
      return waitMs !== undefined;
    }
    const isSafe = kind === 'query' || idempotencyKey !== undefined;
    if (!isSafe || this.#isRepeated || stage !== 'unanswered') return false;
    this.#isRepeated = true;
    // By the next turn it is known which other connections were closed at the same moment.
    setImmediate(repeat, this);
    return true;
  }

  async #respondDecompressed(body: Buffer, encoding: string): Promise<void> {
    try {
      const decompressed = await decompress(body, encoding, this.subgraph.maxResponseBytes);
      this.context.allowance?.receive(decompressed.length - body.length);
      this.#respond(decompressed);
    } catch (error) {
      const isTooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      if (isTooLarge) this.#refuseSize();
      else this.fail('unavailable', NOT_GRAPHQL, error);
    }
  }

  /** A GraphQL response counts whatever its HTTP status: refused requests come with 4xx. */
  #respond(body: Buffer): void {
    if (this.isSettled) return;
    if (this.#status === UNAUTHORIZED) {
      this.fail('unavailable', 'is unavailable', new Error(NOT_SIGNED));
      return;
    }
    const text = body.toString();
    this.context.allowance?.read(text);
    if (this.isSettled) return;
    const response = parseResponse(text, this.#request.exact);
    if (response) {
      this.settle(response, response.errors.length > 0 ? 'errors' : 'ok');
      return;
    }
    const start = text.slice(0, LOGGED_LENGTH);
    const error = new Error(`HTTP ${this.#status} with a body that is not GraphQL: ${start}`);
    this.fail('unavailable', NOT_GRAPHQL, error);
  }

  #refuseSize(): void {
    this.subgraph.breaker.succeeded();
    const reason = `sent more than ${this.subgraph.maxResponseBytes} bytes`;
    this.abandon('unavailable', reason, 'RESPONSE_TOO_LARGE');
  }

  protected override abort(error: Error): void {
    this.#close?.(error);
  }

  /** The HTTP client is done with it. */
  #release(): void {
    this.subgraph.pending -= 1;
  }
}

const repeat = (exchange: Exchange): void => exchange.repeat();
