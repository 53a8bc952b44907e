import { createClient } from 'redis';
import type { RedisAccount, RedisAddress } from './url.ts';

/** A client of one server. It connects once; after a loss its owner opens another. */
export type Redis = ReturnType<typeof openAt>;

export interface ClientOptions {
  readonly address: RedisAddress;
  readonly tls: boolean;
  readonly account: RedisAccount;
  readonly database: number;
  /** Timeout of a silent connection: its other end may be gone without notice. */
  readonly silentAfterMs: number;
  readonly connectTimeoutMs: number;
}

export function openAt({ address, tls, account, database, silentAfterMs, connectTimeoutMs }: ClientOptions) {
  const client = createClient({
    ...account,
    database,
    // A command fails while there is no connection, and is never sent later: its sender has moved on.
    disableOfflineQueue: true,
    // So none ever waits to be sent, and none needs a timer for that.
    commandOptions: { timeout: 0 },
    // A command that was sent waits for its reply for ever, so the silence has to end.
    pingInterval: silentAfterMs / 3,
    socket: {
      ...address,
      ...(tls && { tls }),
      connectTimeout: connectTimeoutMs,
      socketTimeout: silentAfterMs,
      // The address may be another one the next time.
      reconnectStrategy: false,
    },
  });
  client.on('error', () => {
    // What ends the connection is emitted as `terminated`, too, and rejects the commands that it fails.
  });
  return client;
}

/** Connects a client for as long as something is asked of it. */
export async function whileConnected<Reply>(
  options: ClientOptions,
  ask: (client: Redis) => Promise<Reply>,
): Promise<Reply> {
  const client = openAt(options);
  try {
    await client.connect();
    return await ask(client);
  } finally {
    destroy(client);
  }
}

/** Ends a client at once; it does not reconnect. */
export function destroy(client: Redis): void {
  // What is being opened at this moment survives `destroy`, and would keep the process alive.
  client.on('connect', () => client.destroy());
  client.destroy();
}
