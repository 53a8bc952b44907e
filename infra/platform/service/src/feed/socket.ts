import type { Logger } from '@airline/observability';
import type { WebSocket as GraphQLSocket } from 'graphql-ws';
import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { checkExtent } from '../http/json-request.ts';
import type { Limits } from '../limits/limits.ts';

/** A socket as graphql-ws drives it; nothing goes to the console, and no message gets past the limits. */
export function graphqlSocket(socket: WebSocket, limits: Limits, logger: Logger): GraphQLSocket {
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

  return {
    protocol: socket.protocol,
    // Resolves when the system has taken the message, so that whoever does not read is not read for either. What
    // cannot be written needs no error: the socket is closing then, which ends what is subscribed to on it.
    send: (data) =>
      new Promise((resolve) => {
        if (socket.readyState === socket.OPEN) socket.send(data, () => resolve());
        else resolve();
      }),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (take) => {
      socket.on('message', (data) => void receive(data as Buffer, take));
    },
  };
}
