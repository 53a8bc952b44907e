import { dirname, join } from 'node:path';
import { buildPages } from '@airline/local/pages';
import { type NodeProcess, startNodeProcess } from '@airline/local/process';
import { type Replicas, startReplicas } from '@airline/local/replicas';
import { type Service, services } from '@airline/schema/events';
import { freePort, type RedisServer, startRedisServer, tempFolder } from '@airline/testing';
import manifest from '../../../package.json' with { type: 'json' };
import type { Observed } from './at-rest.ts';
import { selectInFiles } from './database-rows.ts';

/** What is undefined is not set. */
type Env = Readonly<Record<string, string | undefined>>;

export interface System extends AsyncDisposable, Observed {
  /** Where databases and promotional texts are. */
  readonly folder: string;
  /** The whole system's process, or each service's own. */
  readonly processes: Readonly<Record<string, NodeProcess>>;
  /** Ends one process with SIGKILL and starts it again, with further variables from now on. */
  restart(name: string, env?: Env): Promise<void>;
}

export interface SystemOnRedis extends System {
  readonly redis: RedisServer;
  /** Of the router's port of health alone. */
  readonly healthUrl: string;
  /** The router's variables with the URLs of the subgraphs. */
  readonly subgraphUrls: Readonly<Record<string, string>>;
}

/** Tests that kill need not wait half a minute for what was in flight when a process died. */
export const SOON = { TAKE_OVER_AFTER_MS: '3000' } as const;

/**
 * All clients of a test are one to the router, whose event loop lags on a slow machine. By default it refuses then what exceeds
 * an eighth of a client's share, 16 operations, with 503 OVERLOADED: two pages that load at once have as many. With these limits
 * a 503 is a fault, whatever the machine.
 */
export const ANY_MACHINE = {
  CLIENT_IN_FLIGHT: '1000000',
  CLIENT_SHARE: '1000000',
  IN_FLIGHT_MAX: '1000000',
  QUEUE_MAX: '1000000',
} as const;

const root = join(import.meta.dirname, '../../..');
const READY = /https?:\/\/\S+\/graphql/;

/** The options of Node with which `npm start` runs. */
const startOptions = manifest.scripts.start.split(' ').filter((word) => word.startsWith('--'));

/** Builds the pages that a router of this tree serves, if they are older than their sources. */
export const buildOwnPages = () => buildPages({ root, progress: () => {} });

/** All in one process, as `npm start` runs it with these options, on the embedded transport. */
export async function startEmbedded(env: Env = {}, options: readonly string[] = []): Promise<System> {
  await buildOwnPages();
  const folder = await tempFolder();
  const names = ['ROUTER', 'ISSUER', ...services.map((service) => service.toUpperCase())];
  const ports = await Promise.all(names.map(async (name) => [`${name}_PORT`, String(await freePort())]));
  const settings = {
    DATA_DIR: folder.path,
    LOG_LEVEL: 'error',
    ...ANY_MACHINE,
    ...Object.fromEntries(ports),
    ...env,
  };
  const start = (more: Env = {}) =>
    startNodeProcess(
      'infra/system/local/start.ts',
      Object.assign(settings, more),
      /Ctrl-C/,
      startOptions,
      options,
    );
  const processes: Record<string, NodeProcess> = { system: await start() };
  return {
    url: `http://127.0.0.1:${settings.ROUTER_PORT}/graphql`,
    folder: folder.path,
    select: selectInFiles(folder.path),
    processes,
    restart: async (_name, more) => {
      await processes.system?.kill();
      processes.system = await start(more);
    },
    [Symbol.asyncDispose]: async () => {
      await processes.system?.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Which accounts a Redis has; by default none. */
export interface RedisAccounts {
  /** Of the server. */
  readonly settings: readonly string[];
  /** The password of the account that has a service's name. */
  readonly passwordOf: (service: string) => string;
}

/** Each service and the router in a process of its own, on a private Redis. */
export async function startOnRedis(env: Env = {}, accounts?: RedisAccounts): Promise<SystemOnRedis> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await tempFolder());
  const redis = starting.use(await startRedisServer(...(accounts?.settings ?? [])));
  const redisUrlFor = (name: string) =>
    accounts ? redis.url.replace('//', `//${name}:${accounts.passwordOf(name)}@`) : redis.url;
  const ports = new Map<string, number>();
  for (const name of ['router', ...services]) ports.set(name, await freePort());
  const healthPort = String(await freePort());
  const urlOf = (name: string) => `http://127.0.0.1:${ports.get(name)}/graphql`;
  const common: Record<string, string | undefined> = {
    DATA_DIR: folder.path,
    LOG_LEVEL: 'error',
    ...ANY_MACHINE,
    ...SOON,
    ...env,
  };

  const startService = (name: string) =>
    startNodeProcess(
      `subgraphs/${name}/src/main.ts`,
      {
        REDIS_URL: redisUrlFor(name),
        ...common,
        [`${name.toUpperCase()}_PORT`]: String(ports.get(name)),
      },
      READY,
    );
  const subgraphUrls: Readonly<Record<string, string>> = Object.fromEntries(
    services.map((service) => [`${service.toUpperCase()}_URL`, urlOf(service)]),
  );
  const startRouter = () => {
    const cache: Env = accounts ? { CACHE_REDIS_URL: redisUrlFor('router') } : {};
    const listens = { ROUTER_PORT: String(ports.get('router')), HEALTH_PORT: healthPort };
    const settings = { ...cache, ...common, ...listens, ...subgraphUrls };
    return startNodeProcess('router/src/main.ts', settings, READY);
  };
  const start = (name: string) => (name === 'router' ? startRouter() : startService(name));

  const processes: Record<string, NodeProcess> = {};
  starting.defer(async () => {
    await Promise.all(Object.values(processes).map((each) => each.stop()));
  });
  await Promise.all(
    [...services, 'router'].map(async (name) => {
      processes[name] = await start(name);
    }),
  );
  const started = starting.move();
  return {
    url: urlOf('router'),
    healthUrl: `http://127.0.0.1:${healthPort}`,
    folder: folder.path,
    select: selectInFiles(folder.path),
    processes,
    redis,
    subgraphUrls,
    restart: async (name, more) => {
      Object.assign(common, more);
      await processes[name]?.kill();
      processes[name] = await start(name);
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}

const REPLICAS = 3;

/** As a cluster runs it: three replicas of each service on one Postgres and one Redis, and a router. */
export async function startOnPostgres(
  env: Readonly<Record<string, string>> = {},
): Promise<Replicas & Observed> {
  return observed(await startReplicas({ replicas: REPLICAS, env: { ...SOON, ...env } }));
}

/** The databases of replicas, to look into. */
export function observed(system: Replicas): Replicas & Observed {
  const { postgres, databaseUrl } = system;
  if (!postgres) {
    const file = new URL(databaseUrl('flight')).pathname;
    return Object.assign(system, { select: selectInFiles(dirname(file)) });
  }
  const select = async <Row>(service: Service, query: string) =>
    (await postgres.query(`${databaseUrl(service)}?options=-c search_path=${service}`, query)) as Row[];
  return Object.assign(system, { select });
}
