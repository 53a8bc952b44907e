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
import type { Answer, Client, Refused } from '../../request.ts';
import type { Member } from '../member.ts';
import { type Facade, FormattedError, isRefused, type Runnable } from './facade.ts';

/** What a client that does not read may leave in this process's memory. */
const MAX_UNSENT_BYTES = 4 * 1024 * 1024;
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

export interface WebSocketOptions<Prepared extends Runnable> {
  readonly facade: Facade<Prepared>;
  readonly maxMessageBytes: number;
  /** Throws for a message whose JSON is beyond the limits. */
  readonly checkMessage: (message: Buffer) => void;
  /** How often clients are asked for a sign of life; who gave none meanwhile is cut off. 12 seconds when left out. */
  readonly pingMs?: number;
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
  /**
   * Its subscriptions. graphql-ws loses sight of one whose id is used again while it is prepared, so they are left here
   * when the socket closes.
   */
  readonly members: Set<Member>;
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
  const { facade, maxMessageBytes, checkMessage, pingMs = 12_000, logger } = options;
  let isClosing = false;
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
      const member = facade.subscribe(prepared, extra);
      const answers = isRefused(member) ? refusedWith(member) : readBy(extra, member);
      return answers as AsyncIterableIterator<ExecutionResult>;
    },
    // Answers and errors are formatted already; graphql-ws would call toJSON of each error.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors) => errors.flatMap(formattedOf),
  });

  async function receive(socket: WebSocket, message: Buffer, handle: (text: string) => Promise<void>) {
    try {
      checkMessage(message);
    } catch {
      return socket.close(CloseCode.BadRequest, 'The message nests too deep, or an object in it is too wide');
    }
    try {
      await handle(String(message));
    } catch (error) {
      logger.error({ err: error }, 'unexpected error on a WebSocket');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    }
  }

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    const extra: Extra = { request, client: undefined, members: new Set() };
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (message) => send(socket, message),
        close: (code, reason) => socket.close(code, reason),
        onMessage: (handle) => {
          socket.on('message', (message) => void receive(socket, message as Buffer, handle));
        },
      },
      extra,
    );
    const stopPinging = ping(socket, pingMs);
    socket.on('error', (error) => logger.debug({ err: error }, 'a WebSocket failed'));
    socket.once('close', (code, reason) => {
      stopPinging();
      for (const member of extra.members) void member.return();
      closed(code, String(reason)).catch((error: unknown) => {
        logger.error({ err: error }, 'unexpected error after a WebSocket closed');
      });
    });
  });

  return {
    upgrade: (request, socket, head) => {
      if (isClosing) return void socket.destroy();
      sockets.handleUpgrade(request, socket, head, (webSocket) => {
        sockets.emit('connection', webSocket, request);
      });
    },
    close: async () => {
      isClosing = true;
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
function ping(socket: WebSocket, everyMs: number): () => void {
  let answered = true;
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, everyMs);
  socket.on('pong', () => {
    answered = true;
  });
  return () => clearInterval(timer);
}

/** What ends a subscription is a message of its own in this protocol, `error`, for which graphql-ws wants a rejection. */
function readBy({ members }: Extra, member: Member): AsyncIterableIterator<Answer> {
  members.add(member);
  const iterator: AsyncIterableIterator<Answer> = {
    next: async () => {
      const result = await member.next();
      const isFailure = result.value !== undefined && result.value === member.failure;
      if (isFailure || result.done) members.delete(member);
      if (isFailure) throw new FormattedError(member.failure?.errors ?? []);
      return result;
    },
    return: () => {
      members.delete(member);
      return member.return();
    },
    throw: (error) => member.throw(error),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

function refusedWith({ errors }: Refused): AsyncIterableIterator<Answer> {
  const done = { done: true as const, value: undefined };
  const iterator: AsyncIterableIterator<Answer> = {
    next: () => Promise.reject(new FormattedError(errors)),
    return: async () => done,
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
