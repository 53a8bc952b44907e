import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@airline/observability';
import type {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
} from 'graphql';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Member } from '../member.ts';
import type { Answer, Client, Refused } from '../types.ts';
import { type Facade, FormattedError, isRefused, type Runnable } from './facade.ts';

const PING_EVERY_MS = 12_000;
/** What a client that does not read may leave in this process's memory. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

export interface WebSocketOptions<Prepared extends Runnable> {
  readonly facade: Facade<Prepared>;
  readonly maxMessageBytes: number;
  readonly logger: Logger;
}

export interface WebSocketTransport {
  /** For the `upgrade` event of an HTTP server. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every client to go elsewhere (1001); resolves when all have gone. */
  close(): Promise<void>;
}

interface Extra {
  readonly request: IncomingMessage;
  /** Undefined until the connection is acknowledged. */
  client: Client | undefined;
}

/** An operation on its way through graphql-ws. */
interface Run<Prepared> {
  readonly prepared: Prepared;
  readonly extra: Extra;
}

/** The `graphql-transport-ws` protocol (enisdenjo/graphql-ws, PROTOCOL.md), for operations of any type. */
export function serveWebSockets<Prepared extends Runnable>(
  options: WebSocketOptions<Prepared>,
): WebSocketTransport {
  const { facade, maxMessageBytes, logger } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols,
  });

  const protocol = makeServer<Record<string, unknown>, Extra>({
    onConnect: async ({ connectionParams, extra }) => {
      const client = await facade.identify({ ...extra.request.headers, ...headersIn(connectionParams) });
      // Whoever cannot be identified gets no connection: graphql-ws closes it with 4403.
      if (isRefused(client)) return false;
      extra.client = client;
      return true;
    },
    onSubscribe: async ({ extra }, _id, payload) => {
      if (!extra.client) throw new Error('graphql-ws let an operation through before its connection.');
      const prepared = await facade.prepare(payload, extra.client);
      if (isRefused(prepared)) return [new FormattedError(prepared.errors)];
      const { document, operationName } = prepared;
      return { document, operationName, contextValue: { prepared, extra }, schema: NO_SCHEMA };
    },
    execute: ({ contextValue }) => {
      return facade.execute((contextValue as Run<Prepared>).prepared) as Promise<ExecutionResult>;
    },
    subscribe: ({ contextValue }) => {
      const { prepared, extra } = contextValue as Run<Prepared>;
      return endingInError(facade.subscribe(prepared, extra)) as AsyncIterableIterator<ExecutionResult>;
    },
    // Answers and errors are formatted already; graphql-ws would call toJSON of each error.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap(formattedOf),
  });

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => send(socket, message),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (message) => {
            handle(String(message)).catch((error: unknown) => {
              logger.error({ err: error }, 'unexpected error on a WebSocket');
              socket.close(CloseCode.InternalServerError, 'Internal server error');
            });
          });
        },
      },
      { request, client: undefined },
    );
    const stopPinging = ping(socket);
    socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket failed'));
    socket.once('close', (code, reason) => {
      stopPinging();
      closed(code, String(reason)).catch((error: unknown) => {
        logger.error({ err: error }, 'unexpected error after a WebSocket closed');
      });
    });
  });

  return {
    upgrade: (request, socket, head) => {
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        sockets.emit('connection', webSocket, request);
      });
    },
    close: async () => {
      const gone = [...sockets.clients].map(
        (socket) => new Promise((resolve) => socket.once('close', resolve)),
      );
      for (const socket of sockets.clients) socket.close(GOING_AWAY, 'Going away');
      // Who does not answer is cut off.
      const cutOff = setTimeout(() => {
        for (const socket of sockets.clients) socket.terminate();
      }, 1_000);
      await Promise.all(gone);
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}

/** graphql-ws asks for a schema, which only its own execution would use. */
const NO_SCHEMA = undefined as unknown as GraphQLSchema;

/** Resolves when the message has left this process, which is how a subscription comes to wait for a slow client. */
function send(socket: WebSocket, message: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  if (socket.bufferedAmount > MAX_UNSENT_BYTES) {
    socket.close(TRY_AGAIN_LATER, 'Too much is unread');
    socket.terminate();
    return Promise.resolve();
  }
  // A socket that fails closes, which ends what it carries.
  return new Promise((resolve) => socket.send(message, () => resolve()));
}

/** A peer that is gone without a word is noticed by its silence. */
function ping(socket: WebSocket): () => void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, PING_EVERY_MS);
  socket.on('pong', () => {
    answered = true;
  });
  return () => clearInterval(timer);
}

/** What ends a subscription is a message of its own in this protocol, `error`, for which graphql-ws wants a rejection. */
function endingInError(member: Member | Refused): AsyncIterableIterator<Answer> {
  const iterator: AsyncIterableIterator<Answer> = {
    next: async () => {
      if (isRefused(member)) throw new FormattedError(member.errors);
      const result = await member.next();
      if (result.value !== undefined && result.value === member.failure) {
        throw new FormattedError(member.failure.errors ?? []);
      }
      return result;
    },
    return: async () => (isRefused(member) ? { done: true, value: undefined } : await member.return()),
    throw: (error) => (isRefused(member) ? Promise.reject(error) : member.throw(error)),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

function formattedOf(error: GraphQLError): readonly GraphQLFormattedError[] {
  const known = error instanceof FormattedError ? error : error.originalError;
  return known instanceof FormattedError ? known.all : [error.toJSON()];
}

/** Browsers cannot set headers on a WebSocket: `connectionParams` stand for them, themselves or as `headers`. */
function headersIn(parameters: Readonly<Record<string, unknown>> | undefined): Record<string, string> {
  const nested = parameters?.headers;
  const all = { ...parameters, ...(typeof nested === 'object' ? nested : undefined) };
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name.toLowerCase(), value]] : [],
    ),
  );
}
