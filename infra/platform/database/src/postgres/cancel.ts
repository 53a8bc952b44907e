import { connect } from 'node:net';
import type { PoolClient } from 'pg';

/** The request code of a CancelRequest, which a server reads before it asks for TLS or a password. */
const CANCEL_REQUEST = 80_877_102;
const TIMEOUT_MS = 2_000;

/** What pg knows of a connection, and its types leave out. */
interface Backend {
  readonly host: string;
  readonly port: number;
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/**
 * Cancels the statement that a connection runs, by a CancelRequest over a connection of its own
 * (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS); a pooler hands it on. It may come
 * late, so the connection must not be used again. Fails silently: the statement's timeout remains.
 */
function cancelStatement(client: PoolClient): void {
  // pg sets these when it connects.
  const { host, port, processID, secretKey } = client as unknown as Backend;
  if (processID === null || secretKey === null) return;
  const message = Buffer.alloc(16);
  for (const [index, value] of [message.length, CANCEL_REQUEST, processID, secretKey].entries()) {
    message.writeInt32BE(value, index * 4);
  }
  const socket = connect(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy());
  socket.on('error', () => socket.destroy());
  socket.end(message);
}

/**
 * Awaits what a connection is asked, and cancels it once the signal aborts.
 * @throws whatever the work throws, or once that aborts the signal's reason
 */
export async function untilAborted<Result>(
  client: PoolClient,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  const cancel = () => cancelStatement(client);
  signal.addEventListener('abort', cancel);
  try {
    signal.throwIfAborted();
    return await work();
  } catch (error) {
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
