import { freePort } from './free-port.ts';
import type { RedisProcess } from './redis-process.ts';
import { isInSync, startReplicable } from './redis-replication.ts';
import { until } from './until.ts';

const SLOTS = 16_384;
const MASTERS = 3;

export interface RedisCluster extends AsyncDisposable {
  /** `redis+cluster://…` */
  readonly url: string;
  readonly nodes: readonly RedisProcess[];
  /** The node that serves a key, according to all healthy nodes. */
  ownerOf(key: string): Promise<RedisProcess>;
}

/** Three nodes that share the slots and, with `replicas`, one replica for each of them. */
export async function startRedisCluster({ replicas = false } = {}): Promise<RedisCluster> {
  await using starting = new AsyncDisposableStack();
  const nodes: RedisProcess[] = [];
  for (let started = 0; started < MASTERS * (replicas ? 2 : 1); started += 1) {
    nodes.push(starting.use(await startNode()));
  }
  await join(nodes);

  const running = starting.move();

  async function ownerOf(key: string): Promise<RedisProcess> {
    const owners = new Set<RedisProcess | undefined>();
    for (const node of nodes) {
      const port = await ownerAccordingTo(node, key).catch(() => undefined);
      if (port !== undefined) owners.add(nodes.find((each) => each.port === port));
    }
    const [owner, ...others] = owners;
    if (!owner || others.length > 0) throw new Error(`The nodes disagree about the owner of ${key}.`);
    return owner;
  }

  return {
    url: `redis+cluster://${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    nodes,
    ownerOf,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function startNode(): Promise<RedisProcess> {
  const bus = await freePort();
  return await startReplicable(() => [
    ...['--cluster-enabled', 'yes', '--cluster-port', String(bus), '--cluster-node-timeout', '1000'],
    // A replica takes over regardless of its lag: events are published again from the outbox.
    ...['--cluster-replica-validity-factor', '0', '--cluster-allow-replica-migration', 'no'],
  ]);
}

/** Joins nodes to a cluster. */
async function join(nodes: readonly RedisProcess[]): Promise<void> {
  const [first] = nodes;
  if (!first) return;
  const share = Math.ceil(SLOTS / MASTERS);
  for (const [index, node] of nodes.entries()) {
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    if (index >= MASTERS) continue;
    const last = Math.min(SLOTS, share * (index + 1)) - 1;
    await node.command('CLUSTER', 'ADDSLOTSRANGE', String(share * index), String(last));
  }
  for (const node of nodes.slice(1)) {
    const bus = (await first.command('CONFIG', 'GET', 'cluster-port')) as Record<string, string>;
    await node.command('CLUSTER', 'MEET', '127.0.0.1', String(first.port), bus['cluster-port'] ?? '');
  }
  for (const node of nodes) await until('the node knows the others', () => isWell(node, nodes.length));
  for (const [index, replica] of nodes.slice(MASTERS).entries()) {
    const master = (await nodes[index]?.command('CLUSTER', 'MYID')) as string;
    await replica.command('CLUSTER', 'REPLICATE', master);
    await until('the replica is in sync', () => isInSync(replica));
  }
  // Other nodes learn of the replicas later; until then they would elect none.
  for (const node of nodes) {
    await until('the node knows the replicas', async () => {
      const known = String(await node.command('CLUSTER', 'NODES')).split(' slave ').length - 1;
      return known >= nodes.length - MASTERS - (nodes.indexOf(node) >= MASTERS ? 1 : 0);
    });
  }
}

async function isWell(node: RedisProcess, nodes: number): Promise<boolean> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes}\r`);
}

async function ownerAccordingTo(node: RedisProcess, key: string): Promise<number | undefined> {
  if (!String(await node.command('CLUSTER', 'INFO')).includes('cluster_state:ok')) return undefined;
  const slot = Number(await node.command('CLUSTER', 'KEYSLOT', key));
  const ranges = (await node.command('CLUSTER', 'SLOTS')) as [number, number, [string, number]][];
  return ranges.find(([first, last]) => first <= slot && slot <= last)?.[2][1];
}
