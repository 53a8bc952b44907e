import type { Logger } from '@airline/observability';
import { createClient } from 'redis';

export type Redis = ReturnType<typeof create>;

function create(url: string) {
  return createClient({
    url,
    // A command is refused while the connection is away, never sent later: whoever sent it has moved on.
    disableOfflineQueue: true,
    socket: { reconnectStrategy: (retries) => Math.min(50 * 2 ** retries, 2000) + Math.random() * 100 },
  });
}

/**
 * A connection that comes back by itself. It is opened in the background, so that a service starts, and takes
 * bookings, while Redis is away.
 */
export function connect(url: string, logger: Logger): Redis {
  const client = create(url);
  let wasReady = true;
  client.on('ready', () => {
    if (!wasReady) logger.info('Redis is back');
    wasReady = true;
  });
  client.on('error', (error: Error) => {
    if (wasReady) logger.warn({ err: error }, 'Redis is away; events wait in the outbox until it is back');
    wasReady = false;
  });
  client.connect().catch(() => {
    // Closed before it ever connected; failures to connect are heard as errors above.
  });
  return client;
}

/** Whether Redis says that there is no such group, or no such stream. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && /^(NOGROUP|UNBLOCKED|ERR no such key|ERR The XGROUP subcommand)/.test(error.message);
