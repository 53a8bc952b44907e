import { type Redis, whileConnected } from './client.ts';
import type { ClusterTarget, RedisAddress, RedisTarget, SentinelTarget } from './url.ts';

/** Timeout of a query to a Sentinel or node; there are others. */
const QUERY_TIMEOUT_MS = 1000;

/** Finds the server that takes what is written to a stream; concurrent calls share a query. */
export type Locate = (stream: string) => Promise<RedisAddress>;

/**
 * Finds the server that a stream is written to: the only one, the one that the Sentinels say is master, or the one
 * that the cluster's nodes say serves the stream's hash slot.
 *
 * Each connection here is to one stream, that is, to one server. So it is made to that server directly; the clients
 * that come with the library for Sentinel and Cluster send commands again on their own after a failover, keep
 * connections to servers that are not needed here, and give a blocked read no connection of its own.
 *
 * It follows https://redis.io/docs/latest/develop/reference/sentinel-clients/ and the cluster specification.
 */
export function createLocate(target: RedisTarget): Locate {
  return target.kind === 'server' ? async () => target.hosts[0] : createQuerying(target);
}

function createQuerying(target: SentinelTarget | ClusterTarget): Locate {
  const pending = new Map<string, Promise<RedisAddress>>();
  let hosts: readonly RedisAddress[] = target.hosts;

  async function queryAll(stream: string): Promise<RedisAddress> {
    const errors: unknown[] = [];
    for (const host of hosts) {
      try {
        const found = await query(target, host, (client) =>
          target.kind === 'sentinel' ? masterNamed(client, target) : nodeOf(client, stream, host),
        );
        // The host that replied comes first from now on.
        hosts = [host, ...hosts.filter((other) => other !== host)];
        return found;
      } catch (error) {
        errors.push(error);
      }
    }
    const what =
      target.kind === 'sentinel'
        ? `Sentinel knows the master "${target.master}"`
        : 'node of the cluster is available';
    throw new AggregateError(errors, `no ${what}`);
  }

  return (stream) => {
    const about = target.kind === 'sentinel' ? '' : stream;
    const found = pending.get(about) ?? queryAll(stream).finally(() => pending.delete(about));
    pending.set(about, found);
    return found;
  };
}

async function query(
  target: SentinelTarget | ClusterTarget,
  address: RedisAddress,
  read: (client: Redis) => Promise<RedisAddress>,
): Promise<RedisAddress> {
  const { tls } = target;
  const account = target.kind === 'sentinel' ? target.sentinelAccount : target.account;
  const timeouts = { silentAfterMs: QUERY_TIMEOUT_MS, connectTimeoutMs: QUERY_TIMEOUT_MS };
  return await whileConnected({ address, tls, account, database: 0, ...timeouts }, read);
}

async function masterNamed(client: Redis, { master }: SentinelTarget): Promise<RedisAddress> {
  const reply = await client.sendCommand<[string, string] | null>([
    'SENTINEL',
    'GET-MASTER-ADDR-BY-NAME',
    master,
  ]);
  if (!reply) throw new Error(`This Sentinel does not monitor the master "${master}".`);
  return { host: reply[0], port: Number(reply[1]) };
}

type SlotRange = readonly [first: number, last: number, master: readonly [string | null, number]];

async function nodeOf(client: Redis, stream: string, { host }: RedisAddress): Promise<RedisAddress> {
  const [info, slot, ranges] = await Promise.all([
    client.sendCommand<string>(['CLUSTER', 'INFO']),
    client.sendCommand<number>(['CLUSTER', 'KEYSLOT', stream]),
    client.sendCommand<SlotRange[]>(['CLUSTER', 'SLOTS']),
  ]);
  // A node that is cut off from the majority does not know which node took over.
  if (!info.includes('cluster_state:ok')) throw new Error('This node reports that the cluster is not ok.');
  const range = ranges.find(([first, last]) => first <= slot && slot <= last);
  if (!range) throw new Error(`No node serves slot ${slot}.`);
  const [, , [announced, port]] = range;
  // A node that does not know its own address, or must not announce it, means the one that it was reached at.
  return { host: announced && announced !== '?' ? announced : host, port };
}
