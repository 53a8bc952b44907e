import { ErrorReply } from 'redis';
import { pause } from '../retry.ts';
import { destroy, openAt, type Redis } from './client.ts';
import type { Locate } from './locate.ts';
import { expectSuitable } from './suitable.ts';
import type { RedisAddress, RedisTarget } from './url.ts';

const CONNECT_TIMEOUT_MS = 5000;

/** How often a session checks whether its stream is written elsewhere by now. */
const MASTER_CHECK_INTERVAL_MS = 1000;

export interface SessionOptions {
  readonly target: RedisTarget;
  readonly locate: Locate;
  /** The only key that the connection is for. */
  readonly stream: string;
  /** Timeout of a silent connection, which is then opened again: its other end may be gone without notice. */
  readonly silentAfterMs: number;
}

/** One connection to one server, from its opening to its end. */
export function openSession(address: RedisAddress, options: SessionOptions) {
  const { target, locate, stream, silentAfterMs } = options;
  const { tls, account, database } = target;
  const client = { address, tls, account, database, silentAfterMs };
  const redis = openAt({ ...client, connectTimeoutMs: CONNECT_TIMEOUT_MS });
  const closing = new AbortController();
  const { promise: ended, reject: end } = Promise.withResolvers<never>();
  ended.catch(() => {});
  redis.on('terminated', end);

  async function watch(moved: (reason: unknown) => void): Promise<void> {
    while (!closing.signal.aborted) {
      await pause(MASTER_CHECK_INTERVAL_MS, closing.signal);
      const found = closing.signal.aborted ? address : await locate(stream).catch(() => address);
      if (found.host === address.host && found.port === address.port) continue;
      if (!closing.signal.aborted) moved(new Error('Another server has become master.'));
    }
  }

  return {
    redis,
    /** Rejects with the reason for which the session is over. */
    ended,
    end,
    /** @param checksRole whether a replica counts as a failure; it takes a command to find out */
    async connect(checksRole: boolean): Promise<void> {
      await Promise.race([ended, redis.connect()]);
      await Promise.race([ended, expectSuitable(redis, target.kind)]);
      if (checksRole) await Promise.race([ended, expectMaster(redis)]);
    },
    /** A server that is cut off, or stalls, does not say that another has its place by now. */
    watchMaster(moved: (reason: unknown) => void): void {
      if (target.kind !== 'server') void watch(moved);
    },
    close(): void {
      closing.abort();
      destroy(redis);
    },
  };
}

async function expectMaster(redis: Redis): Promise<void> {
  const [role] = await redis.sendCommand<[string]>(['ROLE']).catch((error: unknown) => {
    // An account need not be allowed to ask that.
    if (error instanceof ErrorReply) return ['master'];
    throw error;
  });
  if (role !== 'master') throw new Error(`This server is not a master; its role is ${role}.`);
}
