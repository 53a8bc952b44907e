import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { createHandler, type ExecutionResult, type Response } from 'graphql-sse';
import type { Refused, RequestParameters } from '../../request.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../types.ts';
import { drained, whenGone } from './drained.ts';
import { type Facade, isRefused, type Runnable } from './facade.ts';
import { type Answers, countIn, createStream, once, type Stream, whileRead } from './sse-stream.ts';

/** How long a stream may be reserved before its client opens it. */
const RESERVED_MS = 30_000;

export interface SseOptions {
  readonly clock?: Clock;
  /** Streams that may be reserved and not opened at once; 1,000 when left out. */
  readonly maxReserved?: number;
  /** Operations of a single connection, other than subscriptions, whose answers wait to be read; 100 when left out. */
  readonly maxUnread?: number;
}

type Body = Record<string, unknown> | null;

export interface SseTransport<Prepared> {
  /** @param body of a POST, parsed; null for other methods */
  handle(request: IncomingMessage, response: ServerResponse, body: Body): Promise<void>;
  /** Streams one subscription that another endpoint has prepared. */
  stream(prepared: Prepared, request: IncomingMessage, response: ServerResponse): Promise<void>;
  close(): void;
}

/**
 * GraphQL over Server-Sent Events (enisdenjo/graphql-sse, PROTOCOL.md): a stream for each operation ("distinct
 * connections"), or one for all operations of a client, which it reserves first ("single connection").
 */
export function serveSse<Prepared extends Runnable>(
  facade: Facade<Prepared>,
  { clock = systemClock, maxReserved = 1_000, maxUnread = 100 }: SseOptions = {},
): SseTransport<Prepared> {
  /** Of single connections, by their tokens. */
  const streams = new Map<string, Stream<Prepared>>();
  let reserved = 0;

  const handler = createHandler<IncomingMessage, Stream<Prepared>>({
    authenticate: ({ raw, method, context }) => {
      // Streams are named here alone: graphql-sse would take names such as `constructor` for streams.
      if (method === 'PUT') return reserved < maxReserved ? randomUUID() : tooMany(503, TOO_MANY_STREAMS);
      const token = context.prepared ? undefined : tokenOf(raw);
      return token === undefined || streams.has(token) ? token : UNKNOWN;
    },
    onSubscribe: async ({ raw, context: stream }, parameters) => {
      const answers = await run(raw, stream, parameters as RequestParameters);
      return whileRead(answers, stream) as AsyncIterable<ExecutionResult>;
    },
  });

  /** Also what is answered once is an iterator: graphql-sse takes errors without data for something else. */
  async function run(
    request: IncomingMessage,
    stream: Stream<Prepared>,
    parameters: RequestParameters,
  ): Promise<Answers> {
    const left = countIn(stream);
    const prepared = stream.prepared ?? (await prepare(request, parameters));
    if (isRefused(prepared)) return once({ errors: prepared.errors }, left);
    if (prepared.type !== 'subscription') return once(await facade.execute(prepared), left);
    const member = facade.subscribe(prepared, stream);
    if (isRefused(member)) return once({ errors: member.errors }, left);
    left();
    return member;
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
    stream.claim();
    request.headers[TOKEN_HEADER] = token;
    const asked = ask(request, { method: 'GET', accept: EVENT_STREAM, stream });
    streams.delete(token);
    const [content] = await asked;
    if (content && typeof content !== 'string') await content.return();
  }

  async function answer(answered: Response, response: ServerResponse): Promise<void> {
    const [content, { status, headers }] = answered;
    response.writeHead(status, headers);
    if (content === null || typeof content === 'string') {
      response.end(content);
      return;
    }
    const stay = whenGone(response, () => void content.return());
    for await (const event of content) {
      response.write(event);
      await drained(response);
    }
    stay();
    response.end();
  }

  return {
    handle: async (request, response, body) => {
      const token = tokenOf(request);
      const known = token === undefined ? undefined : streams.get(token);
      const stream = known ?? createStream<Prepared>();
      if (request.method === 'POST' && stream.unread >= maxUnread) {
        return answer(tooMany(429, TOO_MUCH_UNREAD), response);
      }
      if (acceptOf(request) === EVENT_STREAM) stream.open(response);
      const answered = await ask(request, { stream, body });
      const [content, { status }] = answered;
      if (status === 201 && typeof content === 'string') {
        streams.set(content, stream);
        reserved += 1;
        const cancel = clock.after(RESERVED_MS, () => void expire(content, request, stream));
        stream.claim = () => {
          cancel();
          reserved -= 1;
          stream.claim = () => {};
        };
      }
      const opened = known !== undefined && typeof content === 'object' && content !== null;
      if (opened) stream.claim();
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
      for (const { claim } of streams.values()) claim();
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

/** No stream has this token. */
const UNKNOWN = '-';
const TOO_MANY_STREAMS = 'Too many streams are reserved; try again in a minute.';
const TOO_MUCH_UNREAD = 'Too many answers of this stream are unread; read them before you send more.';

function tooMany(status: 429 | 503, message: string): Response {
  const body = { errors: [{ message, extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED' } }] };
  return [
    JSON.stringify(body),
    { status, statusText: STATUS_CODES[status] ?? '', headers: { 'content-type': JSON_TYPE } },
  ];
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
