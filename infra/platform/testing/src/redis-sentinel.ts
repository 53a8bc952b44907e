import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RedisProcess, startRedisProcess } from './redis-process.ts';
import { isInSync, startReplicable } from './redis-replication.ts';
import { until } from './until.ts';

const MASTER = 'airline';
const SENTINELS = 3;

export interface RedisSentinels extends AsyncDisposable {
  /** `redis+sentinel://…` */
  readonly url: string;
  /** The initial master, and its replica. */
  readonly servers: readonly [RedisProcess, RedisProcess];
  readonly sentinels: readonly RedisProcess[];
  /** The server that the Sentinels agree is master. */
  master(): Promise<RedisProcess>;
}

/** A master, a replica and three Sentinels that fail over within about two seconds. */
export async function startRedisSentinels(): Promise<RedisSentinels> {
  await using starting = new AsyncDisposableStack();
  const first = starting.use(await startReplicable());
  const second = starting.use(await startReplicable(() => ['--replicaof', '127.0.0.1', String(first.port)]));
  await until('the replica is in sync', () => isInSync(second));
  const sentinels: RedisProcess[] = [];
  for (let started = 0; started < SENTINELS; started += 1) {
    sentinels.push(starting.use(await startSentinel(first.port)));
  }
  for (const sentinel of sentinels) {
    await until('the Sentinels know each other', async () => {
      const known = (await sentinel.command('SENTINEL', 'MASTER', MASTER)) as Record<string, string>;
      return known['num-slaves'] === '1' && known['num-other-sentinels'] === String(SENTINELS - 1);
    });
  }

  const running = starting.move();

  async function master(): Promise<RedisProcess> {
    const ports = await Promise.all(
      sentinels.map(async (sentinel) => {
        const [, port] = (await sentinel.command('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', MASTER)) as string[];
        return Number(port);
      }),
    );
    const agreed = [first, second].find(({ port }) => ports.every((each) => each === port));
    if (!agreed) throw new Error('The Sentinels disagree about the master.');
    return agreed;
  }

  return {
    url: `redis+sentinel://${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${MASTER}`,
    servers: [first, second],
    sentinels,
    master,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

const startSentinel = (masterPort: number): Promise<RedisProcess> =>
  startRedisProcess(({ port, folder }) => {
    const file = join(folder, 'sentinel.conf');
    writeFileSync(
      file,
      [
        ...[`port ${port}`, 'bind 127.0.0.1', `dir ${folder}`],
        `sentinel monitor ${MASTER} 127.0.0.1 ${masterPort} 2`,
        `sentinel down-after-milliseconds ${MASTER} 500`,
        `sentinel failover-timeout ${MASTER} 2000`,
      ].join('\n'),
    );
    return [file, '--sentinel'];
  });
