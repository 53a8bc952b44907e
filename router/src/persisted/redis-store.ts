import type { Logger } from '@airline/observability';
import { LRUCache } from 'lru-cache';
import { hashOf } from './apq.ts';
import { openRedisClient } from './redis-client.ts';
import { type DocumentStore, memoryStore } from './store.ts';

export interface RedisStoreOptions {
  /** Of a server, of Sentinels or of a cluster. */
  readonly url: string;
  readonly logger: Logger;
  /** How long Redis may take to answer, in ms; 50 when left out. */
  readonly answerMs?: number;
  /** A clock in ms; that of the process when left out. */
  readonly now?: () => number;
}

const PREFIX = 'airline:apq:';
/** A document that nobody used for a day is forgotten. */
const KEEP_SECONDS = 86_400;
/** A document that is used from memory alone is sent to Redis again after this long. */
const REFRESH_MS = 3_600_000;
/** A connection that has not answered a command for this long is given up, and made again. */
const STALLED_MS = 5_000;
const LONGEST_RETRY_MS = 2_000;

/**
 * Documents that replicas of the router share, with a memory of this process in front. While Redis is away or slow the
 * memory serves alone: what it does not have counts as not found, and the client sends its text again.
 */
export function redisStore(options: RedisStoreOptions): DocumentStore {
  const { url, logger, answerMs = 50, now = () => performance.now() } = options;
  const memory = memoryStore();
  const redis = openRedisClient(url, {
    answerMs,
    stalledMs: STALLED_MS,
    longestRetryMs: LONGEST_RETRY_MS,
  });
  /** Documents that Redis was sent, or asked for, of late. */
  const refreshed = new LRUCache<string, true>({
    max: 10_000,
    ttl: REFRESH_MS,
    ttlResolution: 0,
    perf: { now },
  });

  let troubled = false;
  const onTrouble = (error: unknown) => {
    if (troubled) return;
    troubled = true;
    logger.warn({ err: error }, 'Redis does not keep persisted queries for now; this process does');
  };
  redis.on('error', onTrouble);
  const onRecovery = () => {
    troubled = false;
    // It may have come back empty.
    refreshed.clear();
  };
  redis.on('ready', onRecovery);
  // A cluster stays ready when one of its nodes is lost; this follows each look at who serves which slots.
  redis.on('refresh', () => troubled && onRecovery());

  const share = (hash: string, text: string) => {
    if (redis.status !== 'ready' || refreshed.has(hash)) return;
    refreshed.set(hash, true);
    redis.set(PREFIX + hash, text, 'EX', KEEP_SECONDS).catch((error: unknown) => {
      refreshed.delete(hash);
      onTrouble(error);
    });
  };

  async function fetch(hash: string): Promise<string | undefined> {
    try {
      const text = await redis.getex(PREFIX + hash, 'EX', KEEP_SECONDS);
      // Redis is shared, so what it holds is believed only as far as it can be checked.
      if (text === null || hashOf(text) !== hash) return undefined;
      memory.set(hash, text);
      refreshed.set(hash, true);
      return text;
    } catch (error) {
      onTrouble(error);
      return undefined;
    }
  }

  return {
    get: (hash) => {
      const known = memory.get(hash);
      if (known !== undefined) share(hash, known);
      return known ?? (redis.status === 'ready' ? fetch(hash) : undefined);
    },
    set: (hash, text) => {
      memory.set(hash, text);
      share(hash, text);
    },
    close: () => {
      redis.disconnect();
      memory.close();
    },
  };
}
