import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { whenOver } from '../response.ts';
import type { AddressOf } from './address.ts';

export interface ConnectionLimits {
  /** Connections at once, of one client and in all. */
  readonly perClient: number;
  readonly inAll: number;
}

export interface ConnectionsOptions {
  readonly limits: ConnectionLimits;
  readonly addressOf: AddressOf;
  /** Whether connections come from proxies, so that clients are only told apart by their requests. */
  readonly isBehindProxy: boolean;
  /** In ms. */
  readonly now: () => number;
}

/** Whose limit a connection is beyond. */
export type Beyond = 'client' | 'all';

interface Connection {
  readonly socket: Socket;
  readonly address: string;
  /** The address of its client, if it is known whose it is. */
  client: string | undefined;
  beyond: Beyond | undefined;
  /** Requests without a response as yet; a WebSocket counts as one. */
  busy: number;
  /** What its client had taken, and when, at the sweep that first found more to send; undefined when there is no more. */
  unread: { readonly taken: number; readonly since: number } | undefined;
}

/** Connections beyond a limit that are still open, for health and operators alone: of all, and of one client. */
const RESERVE = 64;
const CLIENT_RESERVE = 8;
/** Requests of one connection that have no response as yet: hardly any client sends one before it has that of the last. */
const PIPELINED = 32;
/** How long a client may leave a response unread, and how slowly it may read it. */
const UNREAD_MS = 30_000;
const SLOWEST_BYTES_PER_MS = 8;
/** What all connections of one client may hold unread. */
const UNREAD_BYTES = 32 * 1024 * 1024;

/**
 * Bounds the connections of a server. A new one beyond a limit closes the one that has been idle longest; where none is
 * idle, its requests are to be refused, but for health and operators. A client that does not read is disconnected, and so is
 * one that sends ever more requests without waiting for a response.
 */
export class Connections {
  readonly #options: ConnectionsOptions;
  /** Those that became idle last are last. */
  readonly #connections = new Map<Duplex, Connection>();
  readonly #addresses = new Map<string, Set<Connection>>();
  readonly #closed = { idle: 0, unread: 0, pipelined: 0, refused: 0 };

  constructor(server: Server, options: ConnectionsOptions) {
    this.#options = options;
    server.on('connection', (socket) => this.#opened(socket));
  }

  /** What is open, and what was closed by the server since its start, by reason. */
  get counts() {
    return { open: this.#connections.size, closed: this.#closed };
  }

  /** A request has come, for which its connection may be closed. @returns whose limit that is beyond */
  began(request: IncomingMessage, response: ServerResponse): Beyond | undefined {
    const connection = this.#connections.get(request.socket);
    if (!connection) return undefined;
    connection.busy += 1;
    if (connection.busy > PIPELINED) {
      this.#close(connection, 'pipelined');
      return undefined;
    }
    whenOver(request, response, () => {
      connection.busy -= 1;
      if (connection.busy === 0 && !connection.socket.destroyed) this.#toTheEnd(connection);
    });
    return connection.beyond;
  }

  /** A connection becomes a WebSocket, for which it may be closed. @returns whose limit it is beyond */
  upgraded(request: IncomingMessage): Beyond | undefined {
    const connection = this.#connections.get(request.socket);
    if (!connection) return undefined;
    // The response to what came before would be written between its frames.
    if (connection.busy > 0) this.#close(connection, 'pipelined');
    connection.busy += 1;
    if (this.#options.isBehindProxy && connection.beyond === undefined) {
      const address = this.#options.addressOf(request);
      if (this.#of(address).size >= this.#options.limits.perClient) return 'client';
      this.#count(address, connection);
      connection.client = address;
    }
    return connection.beyond;
  }

  /** Disconnects those who do not read. To be called every second or so. */
  sweep(): void {
    const unread = new Map<string, number>();
    for (const connection of this.#connections.values()) {
      const { socket, client } = connection;
      const { writableLength } = socket;
      const sum = client === undefined ? 0 : (unread.get(client) ?? 0) + writableLength;
      if (client !== undefined) unread.set(client, sum);
      const isTooMuch = sum > UNREAD_BYTES;
      if (writableLength > 0 && (isTooMuch || this.#isStuck(connection))) this.#close(connection, 'unread');
      else if (writableLength === 0) connection.unread = undefined;
    }
  }

  #isStuck(connection: Connection): boolean {
    const { bytesWritten: written, writableLength } = connection.socket;
    const now = this.#options.now();
    connection.unread ??= { taken: written - writableLength, since: now };
    const { taken, since } = connection.unread;
    // All that it was given since then, whether it has taken that or not.
    return now - since > UNREAD_MS + (written - taken) / SLOWEST_BYTES_PER_MS;
  }

  #opened(socket: Socket): void {
    const { limits, isBehindProxy, addressOf } = this.#options;
    const address = addressOf({ headers: {}, socket });
    const own = this.#of(address);
    const perClient = isBehindProxy ? Number.POSITIVE_INFINITY : limits.perClient;
    if (own.size >= perClient) this.#closeIdle(own);
    if (this.#connections.size >= limits.inAll) this.#closeIdle(this.#connections.values());
    const isClient = own.size >= perClient;
    const isAll = this.#connections.size >= limits.inAll;
    if (own.size >= perClient + CLIENT_RESERVE || this.#connections.size >= limits.inAll + RESERVE) {
      this.#closed.refused += 1;
      socket.destroy();
      return;
    }
    const beyond = isClient ? 'client' : isAll ? 'all' : undefined;
    const client = isBehindProxy ? undefined : address;
    const connection: Connection = { socket, address, client, beyond, busy: 0, unread: undefined };
    this.#connections.set(socket, connection);
    this.#count(address, connection);
    socket.once('close', () => this.#connections.delete(socket));
  }

  #of(address: string): ReadonlySet<Connection> {
    return this.#addresses.get(address) ?? new Set();
  }

  #count(address: string, connection: Connection): void {
    const own = this.#addresses.get(address) ?? new Set();
    this.#addresses.set(address, own.add(connection));
    connection.socket.once('close', () => {
      own.delete(connection);
      if (own.size === 0) this.#addresses.delete(address);
    });
  }

  #toTheEnd(connection: Connection): void {
    this.#connections.delete(connection.socket);
    this.#connections.set(connection.socket, connection);
    const own = this.#addresses.get(connection.address);
    if (own?.delete(connection)) own.add(connection);
  }

  #closeIdle(connections: Iterable<Connection>): void {
    for (const connection of connections) {
      if (connection.busy > 0) continue;
      this.#close(connection, 'idle');
      return;
    }
  }

  #close(connection: Connection, reason: 'idle' | 'unread' | 'pipelined'): void {
    this.#closed[reason] += 1;
    // Its `close` event comes later.
    this.#connections.delete(connection.socket);
    this.#addresses.get(connection.address)?.delete(connection);
    connection.socket.destroy();
  }
}
