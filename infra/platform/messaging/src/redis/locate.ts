import { destroy, openAt, type Redis } from './client.ts';
import type { ClusterTarget, RedisAddress, RedisTarget, SentinelTarget } from './url.ts';

/** Who does not answer a question for so long is not asked further; there are others. */
const ANSWER_MS = 1000;

/** Finds the server that takes what is written to a stream; those who ask at once share an answer. */
export type Locate = (stream: string) => Promise<RedisAddress>;

/**
 * Finds the server that a stream is written to: the only one, the one that the Sentinels say is master, or the one
 * that the cluster's nodes say serves the stream's hash slot.
 *
 * Each connection here is to one stream, that is, to one server. So it is made to that server directly; the clients
 * that come with the library for Sentinel and Cluster send commands again on their own after a failover, keep
 * connections to servers that nobody here talks to, and give a blocked read no connection of its own.
 *
 * It follows https://redis.io/docs/latest/develop/reference/sentinel-clients/ and the cluster specification.
 */
export function createLocate(target: RedisTarget): Locate {
  return target.kind === 'server' ? async () => target.hosts[0] : createAsking(target);
}

function createAsking(target: SentinelTarget | ClusterTarget): Locate {
  const asked = new Map<string, Promise<RedisAddress>>();
  let hosts: readonly RedisAddress[] = target.hosts;

  async function askAll(stream: string): Promise<RedisAddress> {
    const errors: unknown[] = [];
    for (const host of hosts) {
      try {
        const found = await ask(target, host, (client) =>
          target.kind === 'sentinel' ? masterNamed(client, target) : nodeOf(client, stream, host),
        );
        // Who answers is asked first from now on.
        hosts = [host, ...hosts.filter((other) => other !== host)];
        return found;
      } catch (error) {
        errors.push(error);
      }
    }
    const what = target.kind === 'sentinel' ? `Sentinel knows a master "${target.master}"` : 'node is well';
    throw new AggregateError(errors, `no ${what}`);
  }

  return (stream) => {
    const about = target.kind === 'sentinel' ? '' : stream;
    const answer = asked.get(about) ?? askAll(stream).finally(() => asked.delete(about));
    asked.set(about, answer);
    return answer;
  };
}

async function ask(
  target: SentinelTarget | ClusterTarget,
  address: RedisAddress,
  question: (client: Redis) => Promise<RedisAddress>,
): Promise<RedisAddress> {
  const { tls } = target;
  const account = target.kind === 'sentinel' ? target.sentinelAccount : target.account;
  const patience = { silentAfterMs: ANSWER_MS, connectTimeoutMs: ANSWER_MS };
  const client = openAt({ address, tls, account, database: 0, ...patience });
  try {
    await client.connect();
    return await question(client);
  } finally {
    destroy(client);
  }
}

async function masterNamed(client: Redis, { master }: SentinelTarget): Promise<RedisAddress> {
  const reply = await client.sendCommand<[string, string] | null>([
    'SENTINEL',
    'GET-MASTER-ADDR-BY-NAME',
    master,
  ]);
  if (!reply) throw new Error(`This Sentinel watches no master "${master}".`);
  return { host: reply[0], port: Number(reply[1]) };
}

type SlotRange = readonly [first: number, last: number, master: readonly [string | null, number]];

async function nodeOf(client: Redis, stream: string, { host }: RedisAddress): Promise<RedisAddress> {
  const [info, slot, ranges] = await Promise.all([
    client.sendCommand<string>(['CLUSTER', 'INFO']),
    client.sendCommand<number>(['CLUSTER', 'KEYSLOT', stream]),
    client.sendCommand<SlotRange[]>(['CLUSTER', 'SLOTS']),
  ]);
  // One that is cut off from the majority knows nothing of who took over.
  if (!info.includes('cluster_state:ok')) throw new Error('This node says that the cluster is not well.');
  const range = ranges.find(([first, last]) => first <= slot && slot <= last);
  if (!range) throw new Error(`No node serves slot ${slot}.`);
  const [, , [announced, port]] = range;
  // A node that does not know its own address, or shall not tell it, means the one that it was asked at.
  return { host: announced && announced !== '?' ? announced : host, port };
}
