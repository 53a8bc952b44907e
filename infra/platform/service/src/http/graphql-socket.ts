import type { Logger } from '@airline/observability';
import { CloseCode, type WebSocket as GraphQLSocket } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Limits } from '../limits/limits.ts';
import { checkExtent } from './json-request.ts';

export interface SocketOptions {
  readonly limits: Limits;
  readonly logger: Logger;
  /** What may be unsent when one more message is; a socket beyond it is closed with 1013. Unlimited by default. */
  readonly maxUnsentBytes?: number;
}

const TRY_AGAIN_LATER = 1013;

/** A socket as graphql-ws drives it; nothing goes to the console, and no message gets past the limits. */
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
      logger.error({ err: error }, 'unexpected error while a WebSocket message was handled');
      socket.close(CloseCode.InternalServerError, 'Internal server error');
    }
  }

  /**
   * Resolves when the system has taken the message, so that nothing more is read for a client that does not read. What
   * cannot be written needs no error: the socket closes then, which ends what is subscribed to on it.
   */
  function send(message: string): Promise<void> {
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > maxUnsentBytes) {
      socket.close(TRY_AGAIN_LATER, 'Too much is unread');
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
