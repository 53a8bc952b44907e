import { ErrorReply } from 'redis';
import { type Redis, whileConnected } from './client.ts';
import type { Locate } from './locate.ts';
import type { RedisTarget } from './url.ts';

/** The oldest version whose streams do what is needed: a group's lag, and XAUTOCLAIM that says what was trimmed. */
const OLDEST_MAJOR = 7;

const TIMEOUT_MS = 5_000;

/** A server that can be reached and will never do. */
export class UnsuitableServerError extends Error {
  override name = 'UnsuitableServerError';
}

/**
 * What is wrong with a server for what a URL says of it, by its reply to INFO (https://redis.io/docs/latest/commands/info/).
 * What it does not say is taken to be well.
 */
export function unsuitability(info: string, kind: RedisTarget['kind']): string | undefined {
  const fields = new Map(info.split(/\r?\n/).map((line) => line.split(':', 2) as [string, string]));
  const version = fields.get('redis_version') ?? '';
  const isCluster = fields.get('cluster_enabled') === '1';
  const policy = fields.get('maxmemory_policy') ?? '';
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) {
    return `Redis ${version} is too old; ${OLDEST_MAJOR} or newer is required`;
  }
  if (isCluster && kind !== 'cluster') return 'the server is a node of a cluster; use redis+cluster://…';
  if (kind === 'cluster' && fields.has('cluster_enabled') && !isCluster) {
    return 'the server is not a node of a cluster; use redis://…';
  }
  if (kind === 'server' && fields.get('role') === 'slave') {
    return 'the server is a replica, which takes no writes; name its master, or its Sentinels: redis+sentinel://…';
  }
  if (policy.startsWith('allkeys') && Number(fields.get('maxmemory')) > 0) {
    return `the server evicts events when it is full: its maxmemory-policy is ${policy}; set noeviction`;
  }
  return undefined;
}

/** Asks a server that is connected; one whose account may not say is taken to be well. @throws UnsuitableServerError */
export async function expectSuitable(redis: Redis, kind: RedisTarget['kind']): Promise<void> {
  const info = await redis.sendCommand<string>(['INFO']).catch((error: unknown) => {
    if (error instanceof ErrorReply) return '';
    throw error;
  });
  const fault = unsuitability(String(info), kind);
  if (fault !== undefined) throw new UnsuitableServerError(`Redis cannot be used: ${fault}.`);
}

/** Why the server of a target will never do; undefined for one that will, or that cannot be reached now. */
export async function whyUnsuitable(target: RedisTarget, locate: Locate): Promise<string | undefined> {
  const { tls, account, database, kind } = target;
  const timeouts = { silentAfterMs: TIMEOUT_MS, connectTimeoutMs: TIMEOUT_MS };
  try {
    const client = { address: await locate('any'), tls, account, database, ...timeouts };
    await whileConnected(client, (redis) => expectSuitable(redis, kind));
    return undefined;
  } catch (error) {
    if (error instanceof UnsuitableServerError) return error.message;
    const isReply = error instanceof ErrorReply && /DB index is out of range/i.test(error.message);
    return isReply ? `Redis has no database ${database}.` : undefined;
  }
}
