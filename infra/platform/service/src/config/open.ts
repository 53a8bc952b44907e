import { BlockList, isIP } from 'node:net';
import type { Logger } from '@airline/observability';
import { EnvError } from './env.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

/** Whether only this machine reaches a server that listens on a host. */
export function isLoopback(host: string): boolean {
  const version = isIP(host);
  if (version === 0) return host.toLowerCase() === 'localhost';
  return loopback.check(host, version === 6 ? 'ipv6' : 'ipv4');
}

/** A server that does not ask who its callers are. */
export interface OpenServer {
  readonly host: string;
  /** The variable OPEN. */
  readonly open: boolean;
  /** The variables that make callers known, as an instruction: "set JWT_ISSUER". */
  readonly remedy: string;
}

/**
 * Refuses an open server that other machines reach, unless OPEN=true.
 *
 * @throws EnvError
 */
export function refuseOpen({ host, open, remedy }: OpenServer): void {
  if (open || isLoopback(host)) return;
  throw new EnvError(
    `Invalid environment variables:\n  HOST is ${host}, where anyone who reaches it may do everything; ${remedy}, or OPEN=true if that is meant`,
  );
}

/** Logs at the start of an open server that it is one. */
export function warnOpen(logger: Logger, { host, remedy }: Pick<OpenServer, 'host' | 'remedy'>): void {
  logger.warn({ host, remedy }, 'open: anyone who reaches this server may do everything');
}
