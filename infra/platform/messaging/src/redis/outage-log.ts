import type { Logger } from '@airline/observability';

/** Says once that Redis is away, and once that it is back, however many connections notice it. */
export interface OutageLog {
  failed(connection: object, error: unknown): void;
  /** A command of the connection has succeeded. */
  over(connection: object): void;
  closed(connection: object): void;
}

/** @param redis which one it is, for people */
export function createOutageLog(logger: Logger, redis: string): OutageLog {
  const away = new Set<object>();
  return {
    failed: (connection, error) => {
      if (away.size === 0) logger.warn({ redis, err: error }, 'Redis unavailable; events wait in the outbox');
      away.add(connection);
    },
    over: (connection) => {
      if (away.delete(connection) && away.size === 0) logger.info({ redis }, 'Redis available again');
    },
    closed: (connection) => {
      away.delete(connection);
    },
  };
}
