import { describeTarget, parseRedisUrl } from '@airline/messaging/redis-url';
import type { Logger } from '@airline/observability';
import { LRUCache } from 'lru-cache';
import { hashOf } from './hash.ts';
import { openRedisClient } from './redis-client.ts';
import { type DocumentStore, memoryStore } from './store.ts';

export interface RedisStoreOptions {
  /** Of a server, of Sentinels or of a cluster. */
  readonly url: string;
  readonly logger: Logger;
  /** Timeout of a command, in ms; default 50. */
  readonly commandTimeoutMs?: number;
  /** A clock in ms; default that of the process. */
  readonly now?: () => number;
}

const PREFIX = 'airline:apq:';
/** TTL of a document since its last use: a day. */
const TTL_SECONDS = 86_400;
/** How often a document that is used from memory alone is sent to Redis again. */
const REFRESH_INTERVAL_MS = 3_600_000;
/** Timeout of a silent connection, which is then made again. */
const SILENCE_TIMEOUT_MS = 5_000;
const LONGEST_RETRY_MS = 2_000;

/** Documents in Redis, and its client, which others may use. */
export interface RedisStore extends DocumentStore {
  readonly redis: ReturnType<typeof openRedisClient>;
}

/**
 * Documents that replicas of the router share, behind a cache in this process's memory. While Redis is unavailable or slow
 * the cache serves alone: what it does not have counts as not found, and the client sends the text again.
 */
export function redisStore(options: RedisStoreOptions): RedisStore {
  const { url, logger, commandTimeoutMs = 50, now = () => performance.now() } = options;
  const memory = memoryStore();
  const redis = openRedisClient(url, {
    commandTimeoutMs,
    silenceTimeoutMs: SILENCE_TIMEOUT_MS,
    longestRetryMs: LONGEST_RETRY_MS,
  });
  /** Hashes of the documents that were sent to Redis, or read from it, within the interval. */
  const refreshed = new LRUCache<string, true>({
    max: 10_000,
    ttl: REFRESH_INTERVAL_MS,
    ttlResolution: 0,
    perf: { now },
  });

  // It may have come back empty.
  const failed = followAvailability(redis, logger, describeTarget(parseRedisUrl(url)), () =>
    refreshed.clear(),
  );

  const share = (hash: string, text: string) => {
    if (redis.status !== 'ready' || refreshed.has(hash)) return;
    refreshed.set(hash, true);
    redis.set(PREFIX + hash, text, 'EX', TTL_SECONDS).catch((error: unknown) => {
      refreshed.delete(hash);
      failed(error);
    });
  };

  async function fetch(hash: string): Promise<string | undefined> {
    try {
      const text = await redis.getex(PREFIX + hash, 'EX', TTL_SECONDS);
      // Redis is shared, so a document is accepted only with its own hash.
      if (text === null || hashOf(text) !== hash) return undefined;
      memory.set(hash, text);
      refreshed.set(hash, true);
      return text;
    } catch (error) {
      failed(error);
      return undefined;
    }
  }

  return {
    redis,
    get: (hash) => {
      const known = memory.get(hash);
      if (known !== undefined) share(hash, known);
      return known ?? (redis.status === 'ready' ? fetch(hash) : undefined);
    },
    has: (hash) => memory.has(hash),
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

/** Logs the first failure since Redis was last available; the returned function reports one. */
function followAvailability(
  redis: ReturnType<typeof openRedisClient>,
  logger: Logger,
  name: string,
  onRecovery: () => void,
): (error: unknown) => void {
  let isFailing = false;
  const failed = (error: unknown) => {
    if (isFailing) return;
    isFailing = true;
    logger.warn({ redis: name, err: error }, 'Redis unavailable; persisted queries are not shared');
  };
  const recovered = () => {
    isFailing = false;
    onRecovery();
  };
  redis.on('error', failed);
  redis.on('ready', recovered);
  // A cluster stays ready when one of its nodes is lost; this follows each reading of which node serves which slots.
  redis.on('refresh', () => isFailing && recovered());
  return failed;
}
