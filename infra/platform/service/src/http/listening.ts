import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../errors/start-error.ts';
import type { Health } from './health.ts';

/** Where a server listens. */
export interface Address {
  /** The server's name in messages. */
  readonly name: string;
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** The environment variable that sets the port, for the message when it is taken. */
  readonly portVariable: string;
}

/** The error to throw for a failed `listen`: a StartError with the remedy, where the operator has one. */
export function listenError(error: unknown, { name, host, port, portVariable }: Address): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${host} is in use. Set ${portVariable} to a free port (0 picks one), or stop the process that listens there.`,
    EACCES: `no permission to listen on port ${port} of ${host}. Set ${portVariable} to a port above 1023.`,
    EADDRNOTAVAIL: `this machine has no address ${host}. Set HOST to one it has, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `the host ${host} is unknown. Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
  };
  const reason = reasons[String(code)];
  return reason === undefined ? error : new StartError(`The ${name} server cannot start: ${reason}`);
}

/** The port that a server listens on, also where the system picked it. */
export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server listens on no TCP port.');
  return address.port;
}

/** The GraphQL endpoint of a server. */
export function graphqlUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}

/** A request's id: its own, if that is safe in logs and headers, or a new one. */
export function requestIdOf(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : newId();
}

/** How a server shuts down. */
export interface Drain {
  readonly health: Health;
  /**
   * How long to continue to serve with readiness already 503, each response closing its connection, so that clients
   * disconnect by themselves: closing a connection loses a request in flight on it. Default 0.
   */
  readonly drainDelayMs?: number | undefined;
  /** Timeout of requests in flight, after which their connections are closed; default 8 seconds. */
  readonly graceMs?: number | undefined;
  /** Accepts no new requests, and resolves when those in flight are done. */
  readonly stop: () => Promise<void>;
  readonly cutOff: () => void;
}

/** A `close` that turns readiness to 503, then stops, and calls `cutOff` after the timeout. Repeated calls share one close. */
export function closeOnce(drain: Drain): () => Promise<void> {
  const { health, drainDelayMs = 0, graceMs = 8_000, stop, cutOff } = drain;
  let closed: Promise<void> | undefined;
  const close = async () => {
    health.beginShutdown();
    await delay(drainDelayMs);
    const grace = setTimeout(cutOff, graceMs);
    try {
      await stop();
    } finally {
      clearTimeout(grace);
    }
  };
  return () => {
    closed ??= close();
    return closed;
  };
}
