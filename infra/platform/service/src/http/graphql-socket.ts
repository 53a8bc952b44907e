import type { Logger } from '@airline/observability';
import {
  CloseCode,
  type WebSocket as GraphQLSocket,
  type Message,
  MessageType,
  validateMessage,
} from 'graphql-ws';
import type { WebSocket } from 'ws';
import { HttpRefusal } from '../errors/errors.ts';
import { refusal } from '../errors/refusal.ts';
import type { Limits } from '../limits/limits.ts';
import { checkExtent } from './json-request.ts';
import { type ReceivedOperation, SocketOperations } from './socket-operations.ts';
import type { Unsent } from './unsent.ts';

export interface SocketOptions {
  readonly limits: Limits;
  readonly logger: Logger;
  /** Maximum of unsent bytes before a further message; beyond it the socket is closed with 1013. Unlimited by default. */
  readonly maxUnsentBytes?: number;
  /** Parses messages; default JSON.parse. */
  readonly parse?: (text: string) => unknown;
}

/** A client's socket, as graphql-ws and its hooks see it. */
export interface ClientSocket extends GraphQLSocket {
  /** @param id of an operation, as a hook gets it: not the client's own */
  signalOf(id: string): AbortSignal;
  /**
   * What the client asks for, which the hook gets no other way. It is handed over once, so that nothing of it is held while the
   * operation lasts: graphql-ws would hold its whole message.
   * @param id as above
   */
  take(id: string): ReceivedOperation;
}

/** A message that is no `subscribe` may have so many bytes: a token of the longest that is read over HTTP fits in. The id of an operation may have so many characters. */
const CONTROL_BYTES = 12 * 1024;
const ID_LENGTH = 512;

const TRY_AGAIN_LATER = 1013;

/** What only a server sends. */
const serverMessages: ReadonlySet<MessageType> = new Set([
  MessageType.ConnectionAck,
  MessageType.Next,
  MessageType.Error,
]);

/**
 * Adapts a socket for graphql-ws: messages are held to the limits and the protocol, each operation has an id of its own,
 * and errors go to the log, not the console.
 */
export function graphqlSocket(socket: WebSocket, unsent: Unsent, options: SocketOptions): ClientSocket {
  const { logger, maxUnsentBytes = Number.POSITIVE_INFINITY } = options;
  const operations = new SocketOperations();
  socket.once('close', () => operations.close());

  /** Not an async function: while an operation lasts it would hold on to its message. */
  function receive(data: Buffer, isBinary: boolean, take: (message: string) => Promise<void>): void {
    // Once this side has begun to close, what still comes is not read.
    if (socket.readyState !== socket.OPEN) return;
    let message: Message;
    try {
      message = readMessage(data, isBinary, options);
    } catch (error) {
      const reason = error instanceof HttpRefusal ? error.message : 'Invalid message received';
      socket.close(CloseCode.BadRequest, reason);
      return;
    }
    if (message.type !== MessageType.Complete && !unsent.answers()) {
      leave();
      return;
    }
    const received = operations.received(message, data.length);
    if (received === undefined) return;
    if (received === 'duplicate') {
      socket.close(CloseCode.SubscriberAlreadyExists, 'Subscriber for this id already exists');
      return;
    }
    take(received === message ? data.toString('utf8') : JSON.stringify(received)).catch((error: unknown) => {
      logger.error({ err: error }, 'unexpected error in a WebSocket message');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    });
  }

  /**
   * Resolves when the operating system has accepted the message, so that a client that does not read holds up its own
   * reads. A failed write needs no error: the socket closes, which ends its subscriptions.
   */
  function send(message: string): Promise<void> {
    const sent = operations.sent(message);
    if (sent === undefined || socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > maxUnsentBytes) {
      leave();
      return Promise.resolve();
    }
    return unsent.send(sent);
  }

  /** The client does not read. */
  function leave(): void {
    socket.close(TRY_AGAIN_LATER, 'Too many unread messages');
    socket.terminate();
  }

  return {
    protocol: socket.protocol,
    send,
    close: (code, reason) => socket.close(code, reason),
    onMessage: (take) => {
      // Under the default `binaryType` each message is one Buffer.
      socket.on('message', (data, isBinary) => receive(data as Buffer, isBinary, take));
    },
    signalOf: (id) => operations.signalOf(id),
    take: (id) => operations.take(id),
  };
}

/** @throws for what a client may not send: HttpRefusal with the reason, or what graphql-ws says of it */
function readMessage(
  data: Buffer,
  isBinary: boolean,
  { limits, parse = JSON.parse }: SocketOptions,
): Message {
  if (isBinary) throw refusal.badRequest('A message must be text.');
  const isLong = data.length > CONTROL_BYTES;
  // Before it is parsed, which may take a hundred times as long.
  if (isLong && !data.includes(`"${MessageType.Subscribe}"`)) throw tooLong();
  checkExtent(data, limits);
  const message = validateMessage(parse(data.toString('utf8')));
  if (serverMessages.has(message.type))
    throw refusal.badRequest(`Only a server sends a message of type ${message.type}.`);
  if (isLong && message.type !== MessageType.Subscribe) throw tooLong();
  if ('id' in message && message.id.length > ID_LENGTH)
    throw refusal.badRequest(`An id may have at most ${ID_LENGTH} characters.`);
  return message;
}

const tooLong = () =>
  refusal.badRequest(`A message other than subscribe may have at most ${CONTROL_BYTES} bytes.`);
