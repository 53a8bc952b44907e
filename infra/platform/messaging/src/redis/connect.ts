import type { Logger } from '@airline/observability';
import { ErrorReply } from 'redis';
import { type Backoff, backoffMs, pause } from '../retry.ts';
import type { Redis } from './client.ts';
import { isMisdirected } from './error-reply.ts';
import type { OutageLog } from './outage-log.ts';
import { openSession, type SessionOptions } from './session.ts';

const BACKOFF: Backoff = { firstMs: 50, longestMs: 1000 };

export interface ConnectOptions extends SessionOptions {
  readonly logger: Logger;
  /** One for all connections of a process. */
  readonly outages: OutageLog;
}

/** A connection to whichever server takes what is written to a stream. */
export interface Connection {
  readonly isReady: boolean;
  /**
   * Runs commands on it; a reply that names another server has it opened anew.
   * @throws OfflineError while there is no connection, and when it is lost before the replies
   */
  run<Reply>(commands: (redis: Redis) => Promise<Reply>): Promise<Reply>;
  /** Ends it at once; it does not reconnect. */
  disconnect(): void;
}

/** There is no connection at present, or it was lost; it is being opened again, and the outage is logged. */
export class OfflineError extends Error {
  override name = 'OfflineError';
  constructor(options?: ErrorOptions) {
    super('Redis is offline', options);
  }
}

/**
 * A connection that is opened again whenever it is lost, after a failover on the server that is master then. It is opened in
 * the background, so that a service starts, and takes bookings, while Redis is unavailable.
 */
export function connect(options: ConnectOptions): Connection {
  const { locate, stream, outages } = options;
  const closing = new AbortController();
  const outage = createOutage(outages);
  /** Of the session that is ready. */
  let client: Redis | undefined;
  let drop: (reason: unknown) => void = () => {};

  /** Returns, or throws, when the session is over. */
  async function runSession(): Promise<void> {
    const address = await locate(stream);
    if (closing.signal.aborted) return;
    const session = openSession(address, options);
    drop = (reason) => {
      client = undefined;
      session.end(reason);
    };
    try {
      await session.connect(outage.mayBeReplica());
      client = session.redis;
      session.watchMaster(drop);
      await session.ended;
    } finally {
      client = undefined;
      session.close();
    }
  }

  async function keepOpen(): Promise<void> {
    while (!closing.signal.aborted) {
      await runSession().catch((error) => outage.failed(error, !closing.signal.aborted));
      await pause(outage.waitMs(), closing.signal);
    }
  }

  void keepOpen();
  return {
    get isReady() {
      return client !== undefined;
    },
    run: async (commands) => {
      const current = client;
      if (!current) throw new OfflineError();
      try {
        const reply = await commands(current);
        if (current === client) outage.over();
        return reply;
      } catch (error) {
        const isElsewhere = isMisdirected(error);
        if (isElsewhere && current === client) drop(error);
        if (isElsewhere || !(current.isReady || error instanceof ErrorReply))
          throw new OfflineError({ cause: error });
        throw error;
      }
    },
    disconnect: () => {
      closing.abort();
      drop(new OfflineError());
      outage.closed();
    },
  };
}

/**
 * The failures since a command succeeded. A connection that is opened does not end them: a server that can be reached may be
 * one that refuses every command.
 */
function createOutage(outages: OutageLog) {
  const connection = {};
  let failures = 0;
  let isMisdirection = false;

  return {
    /** Whether a server has refused as a replica does, which accepts connections and reads all the same. */
    mayBeReplica: () => isMisdirection,
    waitMs: () => backoffMs(BACKOFF, failures, Math.random),
    failed(error: unknown, isToBeLogged: boolean): void {
      failures += 1;
      isMisdirection ||= isMisdirected(error);
      if (isToBeLogged) outages.failed(connection, error);
    },
    over(): void {
      if (failures > 0) outages.over(connection);
      failures = 0;
      isMisdirection = false;
    },
    closed: () => outages.closed(connection),
  };
}
