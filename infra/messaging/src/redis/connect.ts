import type { Logger } from '@airline/observability';
import { createClient } from 'redis';

export type Redis = ReturnType<typeof create>;

export interface ConnectOptions {
  readonly url: string;
  readonly logger: Logger;
  /** A connection that has been silent for so long is opened again: its other end may be gone without a word. */
  readonly silentAfterMs: number;
}

function create({ url, silentAfterMs }: Omit<ConnectOptions, 'logger'>) {
  return createClient({
    url,
    // A command is refused while the connection is away, never sent later: whoever sent it has moved on.
    disableOfflineQueue: true,
    // So none ever waits to be sent, and needs no timer against that.
    commandOptions: { timeout: 0 },
    // A command that was sent waits for its answer for ever, so the silence has to end.
    pingInterval: silentAfterMs / 3,
    socket: {
      socketTimeout: silentAfterMs,
      reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000) + Math.random() * 100,
    },
  });
}

/**
 * A connection that comes back by itself. It is opened in the background, so that a service starts, and takes
 * bookings, while Redis is away.
 */
export function connect({ logger, ...options }: ConnectOptions): Redis {
  const client = create(options);
  let wasReady = true;
  client.on('ready', () => {
    if (!wasReady) logger.info('Redis is back');
    wasReady = true;
  });
  client.on('error', (error: Error) => {
    if (wasReady && client.isOpen)
      logger.warn({ err: error }, 'Redis is away; events wait in the outbox until it is back');
    wasReady = false;
  });
  client.connect().catch(() => {
    // Closed before it ever connected; failures to connect are heard as errors above.
  });
  return client;
}

/** Ends a connection at once and for good. */
export function disconnect(client: Redis): void {
  // What is being opened at this moment survives `destroy`, and would keep the process alive.
  client.on('connect', () => client.destroy());
  client.destroy();
}

/** Whether Redis says that there is no such group, or no such stream. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  /^(NOGROUP|UNBLOCKED|ERR no such key|ERR The XGROUP subcommand)/.test(error.message);
