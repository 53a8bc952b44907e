import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createHandler, type ExecutionResult, type Response } from 'graphql-sse';
import type { Member } from '../member.ts';
import type { Refused } from '../types.ts';
import { drained } from './drained.ts';
import { type Facade, isRefused, type RequestParameters, type Runnable } from './facade.ts';

/** How long a stream may be reserved before its client opens it, and how many may be. */
const RESERVED_MS = 30_000;
const MAX_RESERVED = 1_000;

type Body = Record<string, unknown> | null;

export interface SseTransport<Prepared> {
  /** @param body of a POST, parsed; null for other methods */
  handle(request: IncomingMessage, response: ServerResponse, body: Body): Promise<void>;
  /** Streams one subscription that another endpoint has prepared. */
  stream(prepared: Prepared, request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

/** What one client's operations are sent over, once its client has opened it. */
interface Stream<Prepared> {
  readonly opened: Promise<ServerResponse>;
  open(response: ServerResponse): void;
  /** Its one operation, where that was prepared elsewhere. */
  readonly prepared?: Prepared | undefined;
  expiry?: NodeJS.Timeout;
}

/**
 * GraphQL over Server-Sent Events (enisdenjo/graphql-sse, PROTOCOL.md): a stream for each operation ("distinct
 * connections"), or one for all operations of a client, which it reserves first ("single connection").
 */
export function serveSse<Prepared extends Runnable>(facade: Facade<Prepared>): SseTransport<Prepared> {
  /** Of single connections, by their tokens. */
  const streams = new Map<string, Stream<Prepared>>();

  const handler = createHandler<IncomingMessage, Stream<Prepared>>({
    authenticate: ({ raw, method, context }) => {
      const token = context.prepared ? undefined : tokenOf(raw);
      if (token !== undefined || method !== 'PUT') return token;
      return streams.size < MAX_RESERVED ? randomUUID() : TOO_MANY;
    },
    onSubscribe: async ({ raw, context: stream }, parameters) => {
      const result = await run(raw, stream, parameters as RequestParameters);
      return result as ExecutionResult | AsyncIterable<ExecutionResult>;
    },
  });

  async function run(request: IncomingMessage, stream: Stream<Prepared>, parameters: RequestParameters) {
    const prepared = stream.prepared ?? (await prepare(request, parameters));
    if (isRefused(prepared)) return { errors: prepared.errors };
    if (prepared.type !== 'subscription') return await facade.execute(prepared);
    const member = facade.subscribe(prepared, stream);
    return isRefused(member) ? { errors: member.errors } : whileRead(member, stream);
  }

  async function prepare(
    request: IncomingMessage,
    parameters: RequestParameters,
  ): Promise<Prepared | Refused> {
    const client = await facade.identify(request.headers);
    if (isRefused(client)) return client;
    const prepared = await facade.prepare(parameters, client);
    if (isRefused(prepared)) return prepared;
    return request.method === 'GET' && prepared.type === 'mutation' ? UNSAFE : prepared;
  }

  const ask = (request: IncomingMessage, overrides: Partial<SseRequest<Prepared>>) => {
    const { method = request.method ?? 'GET', accept = acceptOf(request), stream, body = null } = overrides;
    const get = (name: string) =>
      name === 'accept' ? accept : name === 'content-type' && body ? JSON_TYPE : headerOf(request, name);
    const url = request.url ?? '/';
    return handler({ method, url, headers: { get }, body, raw: request, context: stream ?? createStream() });
  };

  /** Opens and ends what its client never opened, which ends its operations, too. */
  async function expire(token: string, request: IncomingMessage, stream: Stream<Prepared>): Promise<void> {
    streams.delete(token);
    request.headers[TOKEN_HEADER] = token;
    const [content] = await ask(request, { method: 'GET', accept: EVENT_STREAM, stream });
    if (content && typeof content !== 'string') await content.return();
  }

  async function answer(answered: Response, response: ServerResponse): Promise<void> {
    const [content, { status, headers }] = answered;
    response.writeHead(status, headers);
    if (content === null || typeof content === 'string') {
      response.end(content);
      return;
    }
    const left = () => void content.return();
    response.once('close', left);
    for await (const event of content) {
      response.write(event);
      await drained(response);
    }
    response.off('close', left);
    response.end();
  }

  return {
    handle: async (request, response, body) => {
      const token = tokenOf(request);
      const known = token === undefined ? undefined : streams.get(token);
      const stream = known ?? createStream<Prepared>();
      if (acceptOf(request) === EVENT_STREAM) stream.open(response);
      const answered = await ask(request, { stream, body });
      const [content, { status }] = answered;
      if (status === 201 && typeof content === 'string') {
        streams.set(content, stream);
        stream.expiry = setTimeout(() => void expire(content, request, stream), RESERVED_MS);
      }
      const opened = typeof content === 'object' && content !== null;
      if (opened) clearTimeout(stream.expiry);
      await answer(answered, response);
      if (opened && token !== undefined) streams.delete(token);
    },
    stream: async (prepared, request, response) => {
      const stream = createStream(prepared);
      stream.open(response);
      // graphql-sse wants a query, which was read already.
      const answered = await ask(request, {
        method: 'POST',
        accept: EVENT_STREAM,
        stream,
        body: { query: '-' },
      });
      await answer(answered, response);
    },
    close: () => {
      for (const { expiry } of streams.values()) clearTimeout(expiry);
      streams.clear();
    },
  };
}

/** What graphql-sse is told of a request, where that is not what the request says. */
interface SseRequest<Prepared> {
  readonly method: string;
  readonly accept: string;
  readonly stream: Stream<Prepared>;
  readonly body: Body;
}

const TOKEN_HEADER = 'x-graphql-event-stream-token';
const JSON_TYPE = 'application/json';
const EVENT_STREAM = 'text/event-stream';

/** GET requests must be safe (RFC 9110 section 9.2.1). */
const UNSAFE: Refused = {
  status: 405,
  errors: [
    { message: 'A mutation cannot be sent by GET; use POST.', extensions: { code: 'METHOD_NOT_ALLOWED' } },
  ],
};

const TOO_MANY: Response = [
  JSON.stringify({ errors: [{ message: 'Too many streams are reserved; try again in a minute.' }] }),
  { status: 503, statusText: 'Service Unavailable', headers: { 'content-type': 'application/json' } },
];

function createStream<Prepared>(prepared?: Prepared): Stream<Prepared> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  return { opened: promise, open: resolve, prepared };
}

/** graphql-sse reads ahead without bound, so it is given no more than its client takes. */
function whileRead(
  member: Member,
  { opened }: Pick<Stream<unknown>, 'opened'>,
): AsyncIterableIterator<unknown> {
  const iterator: AsyncIterableIterator<unknown> = {
    next: async () => {
      await drained(await opened);
      return await member.next();
    },
    return: () => member.return(),
    throw: (error) => member.throw(error),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** graphql-sse compares this header as a whole, but clients name several types in it. */
function acceptOf({ headers }: IncomingMessage): string {
  const accept = headers.accept ?? '*/*';
  if (accept.includes(EVENT_STREAM)) return EVENT_STREAM;
  return accept.includes('application/json') || accept.includes('*/*') ? '*/*' : accept;
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const header = headerOf(request, TOKEN_HEADER);
  if (header) return header;
  return new URLSearchParams(request.url?.split('?', 2)[1]).get('token') ?? undefined;
}
