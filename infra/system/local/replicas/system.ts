import { join } from 'node:path';
import { type Service, services } from '@airline/schema/events';
import {
  freePort,
  type PostgresServer,
  present,
  type RedisSentinels,
  type RedisServer,
  startPostgresServer,
  startRedisSentinels,
  startRedisServer,
  startTcpProxy,
  type TcpProxy,
  tempFolder,
} from '@airline/testing';
import { type NodeProcess, startNodeProcess } from '../process.ts';

export interface ReplicasOptions {
  /** Of each service. */
  readonly replicas: number;
  /** 0 (the default): a free port for the router. */
  readonly routerPort?: number;
  /** For each process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Whether Redis and Postgres are reached through proxies, too. */
  readonly behindProxies?: boolean;
  /** Whether Redis is a master and a replica that three Sentinels watch; no proxy stands before those. */
  readonly withSentinels?: boolean;
  /** Hears what is being started, for people. */
  readonly progress?: (what: string) => void;
}

/** The system as a cluster runs it, on this machine: every service several times, on one Redis and one Postgres. */
export interface Replicas extends AsyncDisposable {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** Holds promotional texts, and what steers the clocks of processes under test. */
  readonly folder: string;
  /** `flight-1`, …, and `router`. */
  readonly processes: Readonly<Record<string, NodeProcess>>;
  /** The one Redis, or the one that is master at first. */
  readonly redis: RedisServer;
  readonly sentinels: RedisSentinels | undefined;
  readonly postgres: PostgresServer;
  /** Before each service's replicas, and before Redis and Postgres where that was asked for. */
  readonly network: Readonly<Record<string, TcpProxy>>;
  /** The URL of a service's database, not through a proxy. */
  databaseUrl(service: Service): string;
  clockFile(name: string): string;
  /** Ends one process with SIGKILL, if it still runs, and starts it again. */
  restart(name: string): Promise<void>;
}

const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'everysec'];
const READY = /https?:\/\/\S+\/graphql/;

/** Starts it all, in some seconds; whatever was started is stopped again when something cannot be. */
export async function startReplicas(options: ReplicasOptions): Promise<Replicas> {
  const { replicas, routerPort = 0, env = {}, nodeOptions = [] } = options;
  const { behindProxies = false, withSentinels = false } = options;
  const { progress = () => {} } = options;
  const stack = new AsyncDisposableStack();
  try {
    const folder = stack.use(await tempFolder());
    progress('Redis');
    const sentinels = withSentinels ? stack.use(await startRedisSentinels()) : undefined;
    const redis = sentinels?.servers[0] ?? stack.use(await startRedisServer(...DURABLE));
    progress('Postgres');
    const postgres = stack.use(await startPostgresServer('max_connections=300', 'shared_buffers=128MB'));
    const network: Record<string, TcpProxy> = {};
    const before = async (name: string, targets: readonly number[]): Promise<number> => {
      const proxy = stack.use(await startTcpProxy(...targets));
      network[name] = proxy;
      return proxy.port;
    };

    const portOf = (url: string) => Number(new URL(url).port);
    const through = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href;
    const redisUrl = behindProxies
      ? through(redis.url, await before('redis', [portOf(redis.url)]))
      : redis.url;
    const postgresPort = behindProxies ? await before('postgres', [postgres.port]) : postgres.port;
    const urls = new Map<Service, string>();
    for (const service of services) urls.set(service, await postgres.createDatabase(service));
    const databaseUrl = (service: Service) => present(urls.get(service), `database of ${service}`);

    const clockFile = (name: string) => join(folder.path, `${name}.clock`);
    const common = {
      DATA_DIR: folder.path,
      LOG_LEVEL: 'error',
      REDIS_URL: sentinels?.url ?? redisUrl,
      REPLICAS: String(replicas),
      ...env,
    };
    const starts = new Map<string, () => Promise<NodeProcess>>();
    const subgraphs: Record<string, string> = {};
    for (const service of services) {
      const prefix = service.toUpperCase();
      const ports = await Promise.all(Array.from({ length: replicas }, () => freePort()));
      for (const [index, port] of ports.entries()) {
        const name = `${service}-${index + 1}`;
        const settings = {
          ...common,
          [`${prefix}_PORT`]: String(port),
          [`${prefix}_DB_URL`]: through(databaseUrl(service), postgresPort),
          CHAOS_CLOCK_FILE: clockFile(name),
        };
        starts.set(name, () =>
          startNodeProcess(`subgraphs/${service}/src/main.ts`, settings, READY, nodeOptions),
        );
      }
      subgraphs[`${prefix}_URL`] = `http://127.0.0.1:${await before(service, ports)}/graphql`;
    }
    const port = routerPort || (await freePort());
    const settings = {
      ...common,
      ...subgraphs,
      ROUTER_PORT: String(port),
      CHAOS_CLOCK_FILE: clockFile('router'),
    };
    starts.set('router', () => startNodeProcess('router/src/main.ts', settings, READY, nodeOptions));

    const processes: Record<string, NodeProcess> = {};
    stack.defer(async () => {
      await Promise.all(Object.values(processes).map((each) => each.stop()));
    });
    for (const group of [...services, 'router']) {
      progress(group === 'router' ? group : `${group} × ${replicas}`);
      const names = [...starts.keys()].filter((name) => name === group || name.startsWith(`${group}-`));
      const started = await Promise.allSettled(
        names.map(async (name) => {
          processes[name] = await present(starts.get(name), `process ${name}`)();
        }),
      );
      const failure = started.find((result) => result.status === 'rejected');
      if (failure) throw failure.reason;
    }

    const running = stack.move();
    return {
      url: `http://127.0.0.1:${port}/graphql`,
      folder: folder.path,
      processes,
      redis,
      sentinels,
      postgres,
      network,
      databaseUrl,
      clockFile,
      restart: async (name) => {
        await processes[name]?.kill();
        processes[name] = await present(starts.get(name), `process ${name}`)();
      },
      [Symbol.asyncDispose]: () => running.disposeAsync(),
    };
  } catch (error) {
    await stack.disposeAsync();
    throw error;
  }
}
