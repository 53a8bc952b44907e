import type { OpenSpan } from '@airline/observability';
import type { Dispatcher } from 'undici';
import { requestHeaders } from './request-headers.ts';
import type { FetchContext, SubgraphRequest, SubgraphResponse } from './subgraph-client.ts';
import { type Subgraph, SubgraphFetch } from './subgraph-fetch.ts';
import { decompress, parseResponse } from './subgraph-response.ts';

/** The router is refused, not its client, who must not be told to send another token. */
const UNAUTHORIZED = 401;
const NOT_SIGNED =
  'The subgraph refused the token of the router; give both the same SUBGRAPH_SECRET, and set their clocks.';
const NOT_GRAPHQL = 'did not return a GraphQL response';
/** How many characters of a body that is not GraphQL are logged. */
const LOGGED_LENGTH = 200;
/** The connection ended: without any byte of a response, it may have been closed before the request arrived. */
const CLOSED = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);
/** No connection came about, so nothing was sent. */
const UNCONNECTED = new Set<unknown>([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);
/** How long to wait before each further connection: a Service has forgotten the address of a pod that is gone within a second. */
const CONNECT_AGAIN_MS = [25, 50, 100, 200, 400];

/** A fetch as undici sees it: the handler of its dispatches, most often one. */
export class Exchange extends SubgraphFetch implements Dispatcher.DispatchHandler {
  readonly #request: SubgraphRequest;
  #controller: Dispatcher.DispatchController | undefined;
  #isRepeated = false;
  #unconnected = 0;
  #isResponding = false;
  #status = 0;
  #encoding: string | string[] | undefined;
  #bytes = 0;
  readonly #chunks: Buffer[] = [];

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

  begin(): void {
    this.subgraph.pending += 1;
    this.watch();
    this.#dispatch(this.begunAt);
  }

  /** Sends it once more. */
  repeat(): void {
    if (this.isSettled) this.#release();
    else this.#dispatch(this.subgraph.now());
  }

  #dispatch(now: number): void {
    const { dispatcher, origin, path, name, sign } = this.subgraph;
    const { body, kind, idempotencyKey } = this.#request;
    const { forwarded, authority } = this.context;
    const { caller, expiresAt } = authority;
    const remainingMs = this.waitMs - (now - this.begunAt);
    const token = sign?.(name, { caller, kind, text: body, expiresAt });
    const headers = requestHeaders(forwarded, this.span.traceparent, remainingMs, token, idempotencyKey);
    // Undici's own timeouts are coarse, and each would be one more timer.
    const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
    dispatcher.dispatch({ origin, path, method: 'POST', headers, body, ...timeouts }, this);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // Its turn has come too late. An exception drops it from undici's queue; `abort` would close a good connection.
    if (this.isSettled) throw new Error('Nobody waits for the response any longer.');
    this.#controller = controller;
  }

  onResponseStarted(): void {
    this.#isResponding = true;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#encoding = headers['content-encoding'];
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.subgraph.maxResponseBytes) this.#refuseSize();
    else this.#chunks.push(chunk);
    this.context.allowance?.receive(chunk.length);
  }

  onResponseEnd(): void {
    this.#release();
    this.subgraph.breaker.succeeded();
    const [first, ...others] = this.#chunks;
    const body = first && others.length === 0 ? first : Buffer.concat(this.#chunks, this.#bytes);
    if (this.#encoding === undefined) this.#respond(body);
    else void this.#respondDecompressed(body, String(this.#encoding));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    const code = 'code' in error ? error.code : undefined;
    if (!this.isSettled && this.#repeats(code)) return;
    this.#release();
    if (this.isSettled) return;
    const { breaker, now } = this.subgraph;
    // A client's header that HTTP does not allow says nothing about the subgraph.
    if (code !== 'UND_ERR_INVALID_ARG') breaker.failed(now());
    this.fail('unavailable', 'is unavailable', error);
  }

  #repeats(code: unknown): boolean {
    const { kind, idempotencyKey } = this.#request;
    if (UNCONNECTED.has(code)) {
      const waitMs = CONNECT_AGAIN_MS[this.#unconnected];
      this.#unconnected += 1;
      if (waitMs !== undefined) setTimeout(repeat, waitMs, this);
      return waitMs !== undefined;
    }
    const isSafe = kind === 'query' || idempotencyKey !== undefined;
    if (!isSafe || this.#isRepeated || this.#isResponding || !CLOSED.has(code)) return false;
    this.#isRepeated = true;
    // By the next turn undici has noticed which of its other connections were closed at the same moment.
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
    this.#controller?.abort(error);
  }

  /** Undici is done with it. */
  #release(): void {
    this.subgraph.pending -= 1;
  }
}

const repeat = (exchange: Exchange): void => exchange.repeat();
