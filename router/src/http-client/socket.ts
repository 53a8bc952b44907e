import { connect, isIP, type LookupFunction, type Socket, type TcpNetConnectOpts } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

export interface Server {
  readonly host: string;
  readonly port: number;
  readonly isSecure: boolean;
  readonly lookup: LookupFunction | undefined;
  readonly connectTimeoutMs: number;
  /** How long a connection is kept while it is idle, if the server does not say how long it keeps it. */
  readonly keepAliveMs: number;
}

/** A socket gives so many bytes at once at most. */
export const MOST_READ = 64 * 1024;
/** Whatever sockets receive is read at once, so one place is enough for all. */
const RECEIVED = Buffer.allocUnsafeSlow(MOST_READ);

export function open(server: Server, received: (bytes: Buffer) => void): Socket {
  const { host, port, lookup, isSecure } = server;
  const callback = (bytes: number): boolean => {
    received(RECEIVED.subarray(0, bytes));
    return true;
  };
  const options: TcpNetConnectOpts = {
    host,
    port,
    noDelay: true,
    onread: { buffer: RECEIVED, callback },
    ...(lookup && { lookup }),
  };
  if (!isSecure) return connect(options);
  const servername = isIP(host) ? '' : host;
  return connectSecurely({ ...options, servername, ALPNProtocols: ['http/1.1'] });
}

export const connectTimeout = ({ host, connectTimeoutMs }: Server): Error =>
  Object.assign(new Error(`No connection to ${host} within ${connectTimeoutMs} ms.`), { code: 'ETIMEDOUT' });
