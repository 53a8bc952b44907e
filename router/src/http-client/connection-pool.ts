import type { Call } from './call.ts';
import { Connection, type ConnectionOwner } from './connection.ts';
import type { Server } from './socket.ts';

export interface PoolLimits {
  readonly connections: number;
  /** Of responses that are not whole. */
  readonly keptBytes: number;
}

/** The connections to one server. Calls for which there is none wait in turn. */
export class ConnectionPool implements ConnectionOwner {
  readonly #most: PoolLimits;
  readonly #server: Server;
  readonly #open = new Set<Connection>();
  /** The last one that became idle is the first that is used, so that those that are not needed are closed. */
  readonly #idle: Connection[] = [];
  readonly #waiting: Call[] = [];
  #keptBytes = 0;

  constructor(most: PoolLimits, server: Server) {
    this.#most = most;
    this.#server = server;
  }

  send(call: Call): void {
    const idle = this.#takeIdle();
    if (idle) idle.send(call);
    else if (this.#open.size < this.#most.connections) this.#connect(call);
    else this.#waiting.push(call);
  }

  /** Closes connections that were idle for long. @returns whether nothing is left */
  sweep(): boolean {
    const now = performance.now();
    for (const connection of this.#idle.filter(({ usableUntil }) => usableUntil <= now)) close(connection);
    return this.#open.size === 0;
  }

  close(): void {
    const error = new Error('The client is closed.');
    for (const call of this.#waiting.splice(0)) call.failed(error, 'unconnected');
    for (const connection of this.#open) connection.close(error);
  }

  released(connection: Connection): void {
    const call = this.#nextCall();
    if (call) connection.send(call);
    else this.#idle.push(connection);
  }

  closed(connection: Connection): void {
    this.#open.delete(connection);
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
    const call = this.#nextCall();
    if (call) this.#connect(call);
  }

  keeps(bytes: number): boolean {
    this.#keptBytes += bytes;
    return this.#keptBytes <= this.#most.keptBytes;
  }

  #connect(call: Call): void {
    const connection = new Connection(this.#server, this);
    this.#open.add(connection);
    connection.send(call);
  }

  #takeIdle(): Connection | undefined {
    const now = performance.now();
    for (let last = this.#idle.pop(); last; last = this.#idle.pop()) {
      if (last.usableUntil > now) return last;
      close(last);
    }
    return undefined;
  }

  #nextCall(): Call | undefined {
    for (let call = this.#waiting.shift(); call; call = this.#waiting.shift()) {
      if (!call.isOver) return call;
      call.failed(new Error('Nobody waits for the response any longer.'), 'unconnected');
    }
    return undefined;
  }
}

const close = (connection: Connection): void => connection.close(new Error('The connection was idle.'));
