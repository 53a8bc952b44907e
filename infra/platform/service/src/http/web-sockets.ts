import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { handleProtocols, type Server } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { HttpRefusal } from '../errors/errors.ts';
import { rawResponse } from '../errors/raw-response.ts';
import { refusal } from '../errors/refusal.ts';
import { Arriving } from './arriving.ts';
import { type ClientSocket, graphqlSocket, type SocketOptions } from './graphql-socket.ts';
import { startHeartbeat } from './heartbeat.ts';
import { Unsent } from './unsent.ts';

export interface WebSocketsOptions<Extra> extends SocketOptions {
  /** Made with `makeServer` of graphql-ws. */
  readonly protocol: Server<Extra>;
  /** The `extra` of a socket, for the protocol's hooks. */
  readonly extra: (request: IncomingMessage, socket: ClientSocket) => Extra;
  /** Default 12 seconds. */
  readonly pingIntervalMs?: number | undefined;
}

export interface WebSockets {
  /** For the `upgrade` event of an HTTP server; other paths than `/graphql` are refused. */
  upgrade(request: IncomingMessage, connection: Duplex, head: Buffer): void;
  /** Closes all sockets with 1001; resolves when they are closed, or terminated after a timeout. */
  close(): Promise<void>;
}

/** RFC 6455, section 7.4.1. */
const GOING_AWAY = 1001;
/**
 * In how many frames a message may come, and in how many pieces a frame, each of which is held until all are there. A message
 * of the longest kind comes in a few frames, and in a piece for each packet of a slow network at most.
 */
const MAX_FRAGMENTS = 64;
const MAX_PIECES = 256;
/** How long clients may take to close their side before their sockets are terminated. */
const CLOSE_TIMEOUT_MS = 2_000;

/** Responds to a handshake that is not taken over. */
export function refuseUpgrade(connection: Duplex, refused: HttpRefusal): void {
  connection.on('error', () => connection.destroy());
  // Node leaves it open until the client has closed its side, too.
  connection.once('finish', () => connection.destroy());
  connection.end(rawResponse(refused));
}

/** Serves the `graphql-transport-ws` protocol (enisdenjo/graphql-ws, PROTOCOL.md) over WebSockets at `/graphql`. */
export function serveWebSockets<Extra>(options: WebSocketsOptions<Extra>): WebSockets {
  const { protocol, extra, limits, logger, pingIntervalMs = 12_000 } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols,
    maxPayload: limits.bodyBytes,
    maxFragments: MAX_FRAGMENTS,
    maxBufferedChunks: MAX_PIECES,
    perMessageDeflate: false,
    // The event loop has a turn after each message, however many have come at once.
    allowSynchronousEvents: false,
  });
  const heartbeat = startHeartbeat(sockets.clients, pingIntervalMs);
  const unsentOfAll = { count: 0 };
  const arrivingOfAll = { bytes: 0 };
  let isClosing = false;

  function open(socket: WebSocket, request: IncomingMessage, connection: Duplex): void {
    // On invalid frames the socket closes itself, with the code for them.
    socket.on('error', (error) => logger.debug({ err: error }, 'WebSocket failed'));
    const arriving = new Arriving(socket, connection, arrivingOfAll);
    const heard = heartbeat.watch(socket, () => arriving.isStuck());
    const unsent = new Unsent(socket, unsentOfAll, heard);
    const adapted = graphqlSocket(socket, unsent, options);
    const closed = protocol.opened(adapted, extra(request, adapted));
    socket.once('close', (code, reason) => {
      closed(code, String(reason)).catch((error: unknown) => {
        logger.error({ err: error }, 'unexpected error after a WebSocket closed');
      });
    });
  }

  return {
    upgrade: (request, connection, head) => {
      connection.on('error', () => connection.destroy());
      if (isClosing) connection.destroy();
      else if (request.url?.split('?', 1)[0] === '/graphql')
        sockets.handleUpgrade(request, connection, head, (socket) => open(socket, request, connection));
      else refuseUpgrade(connection, refusal.unknownPath());
    },
    close: async () => {
      isClosing = true;
      heartbeat.stop();
      const clients = [...sockets.clients];
      const closed = clients.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
      for (const socket of clients) socket.close(GOING_AWAY, 'Going away');
      const cutOff = setTimeout(() => {
        for (const socket of clients) socket.terminate();
      }, CLOSE_TIMEOUT_MS);
      await Promise.all(closed);
      clearTimeout(cutOff);
      sockets.close();
    },
  };
}
