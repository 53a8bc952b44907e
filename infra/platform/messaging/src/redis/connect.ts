import type { Logger } from '@airline/observability';
import { ErrorReply } from 'redis';
import { backoffMs, pause } from '../retry.ts';
import { destroy, openAt, type Redis } from './client.ts';
import type { Locate } from './locate.ts';
import type { RedisAddress, RedisTarget } from './url.ts';

const RETRY = { firstMs: 50, longestMs: 1000 };
const CONNECT_WITHIN_MS = 5000;

/** How often a connection looks whether its stream is written to elsewhere by now. */
const WATCH_MS = 1000;

export interface ConnectOptions {
  readonly target: RedisTarget;
  readonly locate: Locate;
  /** The only key that the connection is for. */
  readonly stream: string;
  readonly logger: Logger;
  /** A connection that has been silent for so long is opened again: its other end may be gone without a word. */
  readonly silentAfterMs: number;
}

/** A connection to whichever server takes what is written to a stream. */
export interface Connection {
  readonly isReady: boolean;
  /**
   * Runs commands on it; a reply that another server is the one to ask has it opened anew.
   * @throws OfflineError while there is no connection
   */
  run<Reply>(commands: (redis: Redis) => Promise<Reply>): Promise<Reply>;
  /** Ends it at once and for good. */
  disconnect(): void;
}

/** There is no connection at present; one comes back by itself. */
export class OfflineError extends Error {
  override name = 'OfflineError';
  constructor() {
    super('Redis is offline');
  }
}

/**
 * A connection that comes back by itself, after a failover on the server that is master then. It is opened in the
 * background, so that a service starts, and takes bookings, while Redis is away.
 */
export function connect({ target, locate, stream, logger, silentAfterMs }: ConnectOptions): Connection {
  const closing = new AbortController();
  let failures = 0;
  let isTold = false;
  /** Whether it was refused as a replica, which answers questions all the same. */
  let isSuspect = false;
  let client: Redis | undefined;
  let drop: (reason: unknown) => void = () => {};

  /** Connects, and returns when the connection is lost. */
  async function hold(): Promise<void> {
    const address = await locate(stream);
    if (closing.signal.aborted) return;
    const { tls, account, database } = target;
    const opened = openAt({
      ...{ address, tls, account, database },
      ...{ silentAfterMs, connectWithinMs: CONNECT_WITHIN_MS },
    });
    const lost = Promise.withResolvers<never>();
    lost.promise.catch(() => {});
    opened.on('terminated', lost.reject);
    const held = new AbortController();
    drop = (reason) => {
      client = undefined;
      lost.reject(reason);
    };
    try {
      await Promise.race([lost.promise, opened.connect()]);
      if (isSuspect) await Promise.race([lost.promise, expectMaster(opened)]);
      client = opened;
      if (target.kind !== 'server') void watch(address, held.signal);
      await lost.promise;
    } finally {
      client = undefined;
      held.abort();
      destroy(opened);
    }
  }

  /** A server that is cut off, or stands still, does not say that another has its place by now. */
  async function watch(address: RedisAddress, held: AbortSignal): Promise<void> {
    while (!held.aborted) {
      await pause(WATCH_MS, held);
      const found = held.aborted ? address : await locate(stream).catch(() => address);
      if (found.host === address.host && found.port === address.port) continue;
      if (!held.aborted) drop(new Error('Another server has become master.'));
    }
  }

  async function keepOpen(): Promise<void> {
    while (!closing.signal.aborted) {
      await hold().catch(failed);
      await pause(backoffMs(RETRY, failures, Math.random), closing.signal);
    }
  }

  function failed(error: unknown): void {
    failures += 1;
    isSuspect ||= isMisdirected(error);
    if (closing.signal.aborted || isTold) return;
    isTold = true;
    logger.warn({ err: error }, 'Redis is away; events wait in the outbox until it is back');
  }

  /** Only what a command says counts: a server that can be reached may be one that refuses them all. */
  function succeeded(): void {
    failures = 0;
    isSuspect = false;
    if (isTold) logger.info('Redis is back');
    isTold = false;
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
        if (current === client) succeeded();
        return reply;
      } catch (error) {
        if (current === client && isMisdirected(error)) drop(error);
        throw error;
      }
    },
    disconnect: () => {
      closing.abort();
      drop(new OfflineError());
    },
  };
}

async function expectMaster(redis: Redis): Promise<void> {
  const [role] = await redis.sendCommand<[string]>(['ROLE']).catch((error: unknown) => {
    // An account need not be allowed to ask that.
    if (error instanceof ErrorReply) return ['master'];
    throw error;
  });
  if (role !== 'master') throw new Error(`This server is no master; it says that it is a ${role}.`);
}

/**
 * Whether a server says that it is not, or no longer, the one to be asked. ASK, for a slot that is on its way to another
 * node, is not among them: until the slot has arrived this is the node that is named, and a further try finds it.
 */
const isMisdirected = (error: unknown): boolean =>
  error instanceof ErrorReply &&
  /^(READONLY|MOVED|CLUSTERDOWN|MASTERDOWN|UNBLOCKED force)/.test(error.message);

/** Whether Redis says that there is no such group, or no such stream. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ErrorReply &&
  /^(NOGROUP|UNBLOCKED the stream|ERR no such key|ERR The XGROUP subcommand)/.test(error.message);
