import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6, type Socket } from 'node:net';

/** A request as far as it says who sent it. */
export type Sent = Pick<IncomingMessage, 'headers'> & {
  readonly socket: Pick<Socket, 'remoteAddress'>;
};

/** The address of a request's client: IPv4 as it is, of IPv6 the network of 64 bits that one customer has. */
export type AddressOf = (request: Sent) => string;

export interface AddressOptions {
  /** The header in which proxies in front list addresses, such as `x-forwarded-for`; undefined: there are no proxies. */
  readonly header?: string | undefined;
  /** How many proxies in front each add the address of their peer at the end of that list; default 1. */
  readonly hops?: number;
}

/**
 * Anyone can send such a header, so what counts is the entry that the outermost of the trusted proxies has added. Where
 * there is no address at that place, the peer is the client.
 */
export function createAddressOf({ header, hops = 1 }: AddressOptions = {}): AddressOf {
  const peerOf = ({ socket }: Sent) => networkOf(socket.remoteAddress ?? '') ?? 'unknown';
  if (header === undefined) return peerOf;
  return (request) => {
    const listed = request.headers[header];
    const entry = typeof listed === 'string' ? listed.split(',').at(-hops) : undefined;
    return (entry === undefined ? undefined : networkOf(withoutPort(entry.trim()))) ?? peerOf(request);
  };
}

/** Some proxies add the port: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  const [, inBrackets, dotted] = /^(?:\[(.+)\]|([\d.]+))(?::\d+)?$/.exec(entry) ?? [];
  return inBrackets ?? dotted ?? entry;
}

/** @returns undefined for what is no address */
function networkOf(address: string): string | undefined {
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return undefined;
  // The URL parser writes IPv6 in its one canonical form (RFC 5952), mapped addresses in hexadecimals.
  const canonical = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(canonical);
  if (mapped) {
    const bytes = mapped.slice(1).flatMap((group) => [parseInt(group, 16) >> 8, parseInt(group, 16) & 255]);
    return bytes.join('.');
  }
  const [first = [], last = []] = canonical.split('::').map((half) => half.split(':').filter(Boolean));
  const zeros = Array<string>(8 - first.length - last.length).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).join(':')}::/64`;
}
