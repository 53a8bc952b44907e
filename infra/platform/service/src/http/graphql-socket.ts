import type { Logger } from '@airline/observability';
import { CloseCode, type WebSocket as GraphQLSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits/limits.ts';
import { checkExtent } from './json-request.ts';

export interface SocketOptions {
  readonly limits: Limits;
  readonly logger: Logger;
  /** Maximum of unsent bytes before a further message; beyond it the socket is closed with 1013. Unlimited by default. */
  readonly maxUnsentBytes?: number;
}

const TRY_AGAIN_LATER = 1013;

/** Adapts a socket for graphql-ws: messages are held to the limits, and errors go to the log, not the console. */
export function graphqlSocket(socket: WebSocket, options: SocketOptions): GraphQLSocket {
  const { limits, logger, maxUnsentBytes = Number.POSITIVE_INFINITY } = options;

  async function receive(data: Buffer, take: (message: string) => Promise<void>): Promise<void> {
    try {
      checkExtent(data, limits);
    } catch {
      return socket.close(CloseCode.BadRequest, 'The message nests too deep, or an object in it is too wide');
    }
    try {
      await take(data.toString('utf8'));
    } catch (error) {
      logger.error({ err: error }, 'unexpected error in a WebSocket message');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    }
  }

  /**
   * Resolves when the operating system has accepted the message, so that a client that does not read holds up its own
   * reads. A failed write needs no error: the socket closes, which ends its subscriptions.
   */
  function send(message: string): Promise<void> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > maxUnsentBytes) {
      socket.close(TRY_AGAIN_LATER, 'Too many unread messages');
      socket.terminate();
      return Promise.resolve();
    }
    return new Promise((resolve) => socket.send(message, () => resolve()));
  }

  return {
    protocol: socket.protocol,
    send,
    close: (code, reason) => socket.close(code, reason),
    onMessage: (take) => {
      // Under the default `binaryType` each message is one Buffer.
      socket.on('message', (data) => void receive(data as Buffer, take));
    },
  };
}
