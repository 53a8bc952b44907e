import type { Exchange } from '../data/exchange.ts';
import type { Notify } from '../data/notices.ts';
import { failure, type Result } from '../data/result.ts';
import type { Texts } from '../texts/texts.ts';
import { partsOf } from './multipart.ts';

/** A response: its first result, and what comes after that. */
export interface Reply {
  readonly result: Result;
  /** What was read when the result was there; undefined without a response. */
  readonly response: Pick<Exchange, 'status' | 'headers'> | undefined;
  /** Of its body so far, decoded. */
  readonly bytes: () => number;
  /** The parts after the first, as they come; undefined for a response of one part. */
  readonly rest: AsyncGenerator<Increment> | undefined;
  /** Ends the response. */
  readonly cancel: () => void;
}

/** A later part of a response, as the router's protocol has it (`deferSpec=20220824`). */
export interface Increment extends Result {
  readonly hasNext: boolean;
  readonly incremental?: readonly {
    readonly path: readonly (string | number)[];
    readonly label?: string;
    readonly data?: unknown;
    readonly errors?: readonly unknown[];
  }[];
}

interface PostOptions {
  readonly graphUrl: URL;
  readonly send: typeof fetch;
  readonly notify: Notify;
  readonly texts: () => Texts;
}

const ACCEPT =
  'multipart/mixed;deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';
const LOGGED_LENGTH = 500;

/** Sends operations by POST; a missing or strange response is a result with an error. */
export function createPost({ graphUrl, send, notify, texts }: PostOptions) {
  return async (request: object, headers: Readonly<Record<string, string>>): Promise<Reply> => {
    const leaving = new AbortController();
    const cancel = () => leaving.abort();
    const without = (message: string): Reply => ({
      result: failure(message),
      response: undefined,
      bytes: () => 0,
      rest: undefined,
      cancel,
    });
    let response: Response;
    let body: ReturnType<typeof counted>;
    let first: string;
    let parts: AsyncGenerator<string> | undefined;
    try {
      response = await send(graphUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: ACCEPT, ...headers },
        body: JSON.stringify(request),
        signal: leaving.signal,
      });
      body = counted(response);
      const type = response.headers.get('content-type') ?? '';
      parts = type.startsWith('multipart/mixed') ? partsOf(body.stream, type) : undefined;
      first = parts ? String((await parts.next()).value) : await new Response(body.stream).text();
    } catch (error) {
      notify('unreachable', true);
      return without(texts().response.none(error instanceof Error ? error.message : String(error)));
    }
    notify('unreachable', false);
    const { status } = response;
    let result: Result;
    try {
      // Shown as it is, whatever it holds.
      result = JSON.parse(first) as Result;
    } catch {
      result = failure(texts().response.strange(status, first.slice(0, LOGGED_LENGTH)));
    }
    return {
      result,
      response: { status, headers: [...response.headers] },
      bytes: body.bytes,
      rest: parts && parsed(parts),
      cancel,
    };
  };
}

async function* parsed(parts: AsyncGenerator<string>): AsyncGenerator<Increment> {
  // The router's own.
  for await (const json of parts) yield JSON.parse(json) as Increment;
}

/** A body, and how many bytes of it have come. */
function counted({ body }: Response) {
  let bytes = 0;
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      bytes += chunk.byteLength;
      controller.enqueue(chunk);
    },
  });
  const stream = (body ?? new Blob([]).stream()).pipeThrough(counting);
  return { stream, bytes: () => bytes };
}
