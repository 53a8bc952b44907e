import { parseRedisUrl } from '@airline/messaging/redis-url';
import { backoffMs } from '@airline/messaging/retry';
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';

export interface RedisClientOptions {
  /** Timeout of a command, in ms. */
  readonly commandTimeoutMs: number;
  /** Timeout of a silent connection, in ms, after which it is made again. */
  readonly silenceTimeoutMs: number;
  /** The longest backoff before a connection is made again, in ms. */
  readonly longestRetryMs: number;
}

/**
 * A client of a server, of the master that Sentinels name, or of a cluster. A command that cannot be sent, or times out,
 * fails and is not retried: a late reply is of no use.
 *
 * @param url as `parseRedisUrl` reads it
 */
export function openRedisClient(url: string, options: RedisClientOptions): Redis | Cluster {
  const target = parseRedisUrl(url);
  const { commandTimeoutMs, silenceTimeoutMs, longestRetryMs } = options;
  const backoff = { firstMs: 100, longestMs: longestRetryMs };
  const retry = (failures: number) => backoffMs(backoff, failures, Math.random);
  const connection = {
    ...target.account,
    ...(target.tls && { tls: {} }),
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: commandTimeoutMs,
    socketTimeout: silenceTimeoutMs,
    connectTimeout: silenceTimeoutMs,
  } satisfies RedisOptions;
  const lasting = {
    ...connection,
    db: target.database,
    enableOfflineQueue: false,
    retryStrategy: retry,
    // A master that has become a replica keeps its connections, and refuses what they write.
    reconnectOnError: ({ message }) => message.startsWith('READONLY'),
  } satisfies RedisOptions;

  switch (target.kind) {
    case 'server':
      return new Redis({ ...lasting, ...target.hosts[0] });
    case 'sentinel': {
      const { username, password } = target.sentinelAccount;
      return new Redis({
        ...lasting,
        sentinels: [...target.hosts],
        name: target.master,
        ...(username && { sentinelUsername: username }),
        ...(password && { sentinelPassword: password }),
        ...(target.tls && { enableTLSForSentinelMode: true, sentinelTLS: {} }),
        sentinelCommandTimeout: 1000,
        sentinelRetryStrategy: retry,
      });
    }
    case 'cluster':
      return new Cluster([...target.hosts], {
        redisOptions: connection,
        enableOfflineQueue: false,
        clusterRetryStrategy: retry,
        retryDelayOnFailover: 0,
        retryDelayOnClusterDown: 0,
        maxRedirections: 3,
        // Certificates are for names, so those are not looked up beforehand.
        ...(target.tls && { dnsLookup: (host, found) => found(null, host) }),
      } satisfies ClusterOptions);
  }
}
