import { parseRedisUrl } from '@airline/messaging/redis-url';
import { Cluster, type ClusterOptions, Redis, type RedisOptions } from 'ioredis';

export interface RedisClientOptions {
  /** How long Redis may take to answer, in ms. */
  readonly answerMs: number;
  /** A connection that has not answered a command for this long is given up, and made again. */
  readonly stalledMs: number;
  /** The longest wait before a connection is tried again, in ms. */
  readonly longestRetryMs: number;
}

/**
 * A client of a server, of the master that Sentinels name, or of a cluster. A command that cannot be sent, or answered
 * in time, is refused and not tried again: what is asked for late is of no use.
 *
 * @param url as `parseRedisUrl` reads it
 */
export function openRedisClient(url: string, options: RedisClientOptions): Redis | Cluster {
  const target = parseRedisUrl(url);
  const { answerMs, stalledMs, longestRetryMs } = options;
  const retry = (attempt: number) => Math.min(attempt * 100, longestRetryMs);
  const connection = {
    ...target.account,
    ...(target.tls && { tls: {} }),
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: answerMs,
    socketTimeout: stalledMs,
    connectTimeout: stalledMs,
  } satisfies RedisOptions;
  const lasting = {
    ...connection,
    db: target.database,
    enableOfflineQueue: false,
    retryStrategy: retry,
    // A master that has become a replica lets its connections be, and refuses what they write.
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
