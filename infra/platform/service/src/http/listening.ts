import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../runtime/start.ts';
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

/** What to throw for an error of `listen`: a StartError that says what to do where the operator can do something. */
export function listenError(error: unknown, { name, host, port, portVariable }: Address): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const reasons: Record<string, string> = {
    EADDRINUSE: `port ${port} on ${host} is in use. Set ${portVariable} to a free port (0 picks one), or stop what listens there.`,
    EACCES: `port ${port} on ${host} may not be used by this user. Set ${portVariable} to a port above 1023.`,
    EADDRNOTAVAIL: `this machine has no address ${host}. Set HOST to one it has, such as 127.0.0.1 or 0.0.0.0.`,
    ENOTFOUND: `the host ${host} is unknown. Set HOST to an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
  };
  const reason = reasons[String(code)];
  return reason === undefined ? error : new StartError(`The ${name} server cannot start: ${reason}`);
}

/** Where GraphQL is on a server that listens. */
export function graphqlUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`;
}

/** A request's id: the one it brings, where that is harmless in logs and headers, or a new one. */
export function requestIdOf(header: string | string[] | undefined, newId: () => string): string {
  return typeof header === 'string' && /^[\w.:-]{1,128}$/.test(header) ? header : newId();
}

/** How a server ends. */
export interface Drain {
  readonly health: Health;
  /**
   * How long to answer on with readiness already 503, and each answer closing its connection, so that clients let go by
   * themselves: a connection that is closed while a request is on its way loses it. 0 when left out.
   */
  readonly drainDelayMs?: number | undefined;
  /** How long running requests may take to finish before they are cut off; 8 seconds when left out. */
  readonly graceMs?: number | undefined;
  /** Accepts nothing new, and resolves when all that runs has finished. */
  readonly stop: () => Promise<void>;
  readonly cutOff: () => void;
}

/** A `close` that turns readiness to 503, then stops, cutting off what outlasts the grace; once, however often called. */
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
