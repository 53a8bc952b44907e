import { createClient } from 'redis';
import type { RedisAccount, RedisAddress } from './url.ts';

/** A client of one server. It connects once: whoever made it makes another when it is lost. */
export type Redis = ReturnType<typeof openAt>;

export interface ClientOptions {
  readonly address: RedisAddress;
  readonly tls: boolean;
  readonly account: RedisAccount;
  readonly database: number;
  /** A connection that has been silent for so long is given up: its other end may be gone without a word. */
  readonly silentAfterMs: number;
  readonly connectTimeoutMs: number;
}

export function openAt({ address, tls, account, database, silentAfterMs, connectTimeoutMs }: ClientOptions) {
  const client = createClient({
    ...account,
    database,
    // A command is refused while the connection is away, never sent later: whoever sent it has moved on.
    disableOfflineQueue: true,
    // So none ever waits to be sent, and needs no timer against that.
    commandOptions: { timeout: 0 },
    // A command that was sent waits for its answer for ever, so the silence has to end.
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
    // What ends the connection is heard as `terminated`, and by those whose commands it fails.
  });
  return client;
}

/** Ends a client at once and for good. */
export function destroy(client: Redis): void {
  // What is being opened at this moment survives `destroy`, and would keep the process alive.
  client.on('connect', () => client.destroy());
  client.destroy();
}
