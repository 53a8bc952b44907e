import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../config/open.ts';
import type { HttpRefusal } from '../errors/errors.ts';
import { refusal } from '../errors/refusal.ts';

export interface BoundaryOptions {
  /** The address that the server listens on. */
  readonly host: string;
  /**
   * Hosts that a request may name, each with a port or for all ports; `*` is any. Default: the names of loopback for a server
   * that listens there, else any.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of pages elsewhere that may use the server; `*` is any. None by default. */
  readonly origins?: readonly string[] | undefined;
  /** Whether clients reach it by TLS alone, so that pages of its own have the scheme https. */
  readonly isSecure?: boolean | undefined;
}

/** The head of a request. */
type Head = Pick<IncomingMessage, 'headers' | 'httpVersion'>;

/** @returns why a request is refused, by its head */
export type Boundary = (request: Head) => HttpRefusal | undefined;

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]'];
/** The name in a Host header (RFC 9110 7.2), or in brackets the IPv6 address; and the port. */
const HOST = /^(\[[\da-f:.]+\]|[^:[\]\s/@]+)(?::\d+)?$/;

/**
 * What keeps pages of other sites from using a server through the browser of someone who reaches it. The same origin policy
 * covers neither WebSockets nor a name that an attacker points at the server (DNS rebinding), so the server itself checks the
 * Host of every request, and the Origin of those that have one: all by browsers for another origin, except simple GET requests.
 */
export function createBoundary(options: BoundaryOptions): Boundary {
  const { host: address, origins = [], isSecure = false } = options;
  const { allowedHosts = isLoopback(address) ? LOOPBACK_NAMES : ['*'] } = options;
  const hosts = new Set(allowedHosts);
  const elsewhere = new Set(origins);
  const isAllowedHost = (host: string) => hosts.has('*') || hosts.has(nameOf(host)) || hosts.has(host);
  const isOwn = (origin: string, host: string) =>
    origin === `https://${host}` || (!isSecure && origin === `http://${host}`);
  return ({ headers: { host: sent, origin }, httpVersion }) => {
    if (sent === undefined && httpVersion === '1.1') return refusal.withoutHost();
    const host = (sent ?? '').toLowerCase();
    if (!isAllowedHost(host)) return refusal.unknownHost();
    if (origin === undefined || elsewhere.has('*') || elsewhere.has(origin) || isOwn(origin, host)) {
      return undefined;
    }
    return refusal.foreignOrigin();
  };
}

/** Empty for what is no host. */
const nameOf = (host: string): string => HOST.exec(host)?.[1] ?? '';

/** Whether a request comes from this machine, through no proxy that says so or names another host. */
export function isLocal({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>): boolean {
  const { host = '', forwarded, 'x-forwarded-for': proxied = forwarded } = headers;
  // IPv4 over a socket of IPv6, and IPv6 in a header, are written in another way.
  const peer = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const name = nameOf(host).replace(/^\[(.*)\]$/, '$1');
  return proxied === undefined && isLoopback(peer) && isLoopback(name);
}
