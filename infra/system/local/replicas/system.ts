import { join } from 'node:path';
import { type Service, services } from '@airline/schema/events';
import {
  freePort,
  mountSmallDisk,
  type PostgresServer,
  present,
  type RedisSentinels,
  type RedisServer,
  requiresMount,
  type SmallDisk,
  startPostgresServer,
  startRedisSentinels,
  startRedisServer,
  startTcpProxy,
  type TcpProxy,
  tempFolder,
} from '@airline/testing';
import { type NodeProcess, startNodeProcess } from '../process.ts';
import { withSubgraphSecret } from '../subgraph-secret.ts';

export interface ReplicasOptions {
  /** Processes per service. */
  readonly replicas: number;
  /** 0 (the default): a free port for the router. */
  readonly routerPort?: number;
  /** The port of a service's first process, which those of the others follow; undefined: free ones. */
  readonly firstPort?: (service: Service) => number | undefined;
  /** Variables of each process. */
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** Whether Redis and Postgres are reached through proxies, too. */
  readonly behindProxies?: boolean;
  /** Whether Redis is a master and a replica with three Sentinels, without a proxy. */
  readonly withSentinels?: boolean;
  /** Whether databases are SQLite's, which allows one process per service, on a disk of their own where one can be mounted. */
  readonly onSqlite?: boolean;
  /** Called with the name of each part that starts, for people. */
  readonly progress?: (what: string) => void;
}

/** The system as in a cluster, on this machine: replicas of every service, on one Redis and one Postgres, or on SQLite. */
export interface Replicas extends AsyncDisposable {
  /** The router's GraphQL endpoint. */
  readonly url: string;
  /** Holds promotional texts, and the clock files of processes under test. */
  readonly folder: string;
  /** `flight-1`, …, and `router`. */
  readonly processes: Readonly<Record<string, NodeProcess>>;
  /** Redis, or the initial master. */
  readonly redis: RedisServer;
  readonly sentinels: RedisSentinels | undefined;
  /** Undefined on SQLite. */
  readonly postgres: PostgresServer | undefined;
  /** Where the databases are on SQLite, if it could be mounted. */
  readonly disk: SmallDisk | undefined;
  /** The proxies of each service, and of Redis and Postgres if requested. */
  readonly network: Readonly<Record<string, TcpProxy>>;
  /** The URL of a service's database, without a proxy; `file:…` on SQLite. */
  databaseUrl(service: Service): string;
  clockFile(name: string): string;
  /** Kills one process, if it runs, and starts it again. */
  restart(name: string): Promise<void>;
}

const DURABLE = ['--appendonly', 'yes', '--appendfsync', 'everysec'];
/** The files of a few minutes, each of whose logs grows to 40 MB. */
const DISK_BYTES = 384 * 1024 * 1024;
const READY = /https?:\/\/\S+\/graphql/;

/** Starts the system within some seconds; on failure all that was started is stopped. */
export async function startReplicas(options: ReplicasOptions): Promise<Replicas> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await tempFolder());
  const stores = await startStores(options, folder.path, starting);
  const clockFile = (name: string) => join(folder.path, `${name}.clock`);
  const { starts, routerPort } = await prepareProcesses(options, stores, folder.path, clockFile);
  const processes = await startProcesses(options, starts, starting);
  const running = starting.move();
  const { redis, sentinels, postgres, disk, network, databaseUrl } = stores;
  return {
    url: `http://127.0.0.1:${routerPort}/graphql`,
    folder: folder.path,
    processes,
    redis,
    sentinels,
    postgres,
    disk,
    network,
    databaseUrl,
    clockFile,
    restart: async (name) => {
      await processes[name]?.kill();
      processes[name] = await present(starts.get(name), `process ${name}`)();
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

interface Databases extends Pick<Replicas, 'postgres' | 'disk' | 'databaseUrl'> {
  /** The URL for a service, through a proxy if requested. */
  readonly databaseUrlFor: (service: Service) => string;
}

interface Stores extends Databases, Pick<Replicas, 'redis' | 'sentinels'> {
  /** The URL for services, through a proxy if requested. */
  readonly redisUrl: string;
  readonly network: Record<string, TcpProxy>;
  readonly before: Before;
}

/** Starts a proxy before ports; returns its port. */
type Before = (name: string, targets: readonly number[]) => Promise<number>;

const through = (url: string, port: number) => Object.assign(new URL(url), { port: String(port) }).href;

/** Starts Redis and the databases. */
async function startStores(
  options: ReplicasOptions,
  folder: string,
  stack: AsyncDisposableStack,
): Promise<Stores> {
  const { behindProxies = false, withSentinels = false, progress = () => {} } = options;
  progress('Redis');
  const sentinels = withSentinels ? stack.use(await startRedisSentinels()) : undefined;
  const redis = sentinels?.servers[0] ?? stack.use(await startRedisServer(...DURABLE));
  const network: Record<string, TcpProxy> = {};
  const before: Before = async (name, targets) => {
    const proxy = stack.use(await startTcpProxy(...targets));
    network[name] = proxy;
    return proxy.port;
  };
  const redisPort = behindProxies ? await before('redis', [redis.port]) : redis.port;
  const databases = options.onSqlite
    ? sqliteDatabases(folder, stack)
    : await startPostgres(options, before, stack);
  const redisUrl = sentinels?.url ?? through(redis.url, redisPort);
  return { redis, sentinels, network, before, redisUrl, ...databases };
}

/** Starts Postgres, with a database for each service. */
async function startPostgres(
  { behindProxies, progress = () => {} }: ReplicasOptions,
  before: Before,
  stack: AsyncDisposableStack,
): Promise<Databases> {
  progress('Postgres');
  const postgres = stack.use(await startPostgresServer('max_connections=300', 'shared_buffers=128MB'));
  const port = behindProxies ? await before('postgres', [postgres.port]) : postgres.port;
  const urls = new Map<Service, string>();
  for (const service of services) urls.set(service, await postgres.createDatabase(service));
  const databaseUrl = (service: Service) => present(urls.get(service), `database of ${service}`);
  return {
    postgres,
    disk: undefined,
    databaseUrl,
    databaseUrlFor: (service) => through(databaseUrl(service), port),
  };
}

function sqliteDatabases(folder: string, stack: AsyncDisposableStack): Databases {
  const disk = requiresMount().missing ? undefined : stack.use(mountSmallDisk(DISK_BYTES));
  const databaseUrl = (service: Service) => `file:${join(disk?.path ?? folder, service)}.sqlite`;
  return { postgres: undefined, disk, databaseUrl, databaseUrlFor: databaseUrl };
}

type Starts = ReadonlyMap<string, () => Promise<NodeProcess>>;

/** Configures each process, by name, for its first start and its restarts. */
async function prepareProcesses(
  { replicas, env = {}, nodeOptions = [], ...options }: ReplicasOptions,
  { redisUrl, databaseUrlFor, before }: Stores,
  folder: string,
  clockFile: (name: string) => string,
): Promise<{ starts: Starts; routerPort: number }> {
  const common = {
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    REDIS_URL: redisUrl,
    REPLICAS: String(replicas),
    ...withSubgraphSecret(env),
  };
  const starts = new Map<string, () => Promise<NodeProcess>>();
  const add = (name: string, main: string, own: Readonly<Record<string, string>>) => {
    const settings = { ...common, ...own, CHAOS_CLOCK_FILE: clockFile(name) };
    starts.set(name, () => startNodeProcess(main, settings, READY, nodeOptions));
  };
  const subgraphs: Record<string, string> = {};
  for (const service of services) {
    const prefix = service.toUpperCase();
    const first = options.firstPort?.(service);
    const ports = await Promise.all(
      Array.from({ length: replicas }, (_, index) => (first ? first + index : freePort())),
    );
    for (const [index, port] of ports.entries()) {
      add(`${service}-${index + 1}`, `subgraphs/${service}/src/main.ts`, {
        [`${prefix}_PORT`]: String(port),
        [`${prefix}_DB_URL`]: databaseUrlFor(service),
      });
    }
    subgraphs[`${prefix}_URL`] = `http://127.0.0.1:${await before(service, ports)}/graphql`;
  }
  const { routerPort: given = 0 } = options;
  const routerPort = given === 0 ? await freePort() : given;
  add('router', 'router/src/main.ts', { ...subgraphs, ROUTER_PORT: String(routerPort) });
  return { starts, routerPort };
}

/** Starts the replicas of one service after the other, and then the router. */
async function startProcesses(
  { replicas, progress = () => {} }: ReplicasOptions,
  starts: Starts,
  stack: AsyncDisposableStack,
): Promise<Record<string, NodeProcess>> {
  const processes: Record<string, NodeProcess> = {};
  stack.defer(async () => {
    await Promise.all(Object.values(processes).map((each) => each.stop()));
  });
  for (const group of [...services, 'router']) {
    progress(group === 'router' ? group : `${group} × ${replicas}`);
    const started = await Promise.allSettled(
      [...starts]
        .filter(([name]) => name === group || name.startsWith(`${group}-`))
        .map(async ([name, start]) => {
          processes[name] = await start();
        }),
    );
    const failure = started.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }
  return processes;
}
