import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { State, Store, Tables } from '@airline/database';
import { type Policies, type Running, startMessaging } from '@airline/messaging';
import { noTelemetry, type Telemetry } from '@airline/observability';
import {
  type DomainEvent,
  listensTo,
  type PublishedEvent,
  type Service,
  subgraphs,
} from '@airline/schema/events';
import type { z } from 'zod';
import type { Env } from '../config/env.ts';
import { readServiceConfig, type ServiceConfig, serviceVariables } from '../config/service-config.ts';
import { type Feed, type FeedOptions, startFeed } from '../feed/feed.ts';
import { subgraphSchema } from '../graphql/subgraph-schema.ts';
import { databaseLabel } from './open-database.ts';
import { openStore, type Runtime } from './runtime.ts';
import { type RequestFacts, serveSubgraph } from './serve-subgraph.ts';

/** The context of one request that all subgraphs share; each adds its own. */
export interface SubgraphContext<S extends State> extends RequestFacts {
  readonly store: Store<S>;
  readonly now: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
}

/** What a subgraph starts with: its open store, its configuration and the runtime. */
export interface Starting<S extends State, Own extends z.ZodRawShape>
  extends Pick<Runtime, 'now' | 'newId' | 'random' | 'logger' | 'transport'> {
  readonly store: Store<S>;
  readonly config: ServiceConfig & z.output<z.ZodObject<Own>>;
  readonly telemetry: Telemetry;
  /** Starts the live tail of the subgraph's own events, which feeds its subscriptions; once. */
  readonly feed: (topicsOf: FeedOptions['topicsOf']) => Feed;
}

/** The parts that a subgraph has started. */
export interface Started<S extends State, Context extends SubgraphContext<S>> {
  /** Makes the subgraph's own part of the context, for each request. */
  readonly context: () => Omit<Context, keyof SubgraphContext<S>>;
  /** Background workers, closed with the subgraph. */
  readonly workers?: readonly Running[];
  /** Called after the commit of an event that is handled for the first time. */
  readonly handled?: (event: PublishedEvent) => void;
}

export interface SubgraphParts<
  S extends State,
  Context extends SubgraphContext<S>,
  Own extends z.ZodRawShape,
> {
  readonly name: Service;
  /** The folder of its main.ts; `../schema.graphql` and `store/migrations` are relative to it. */
  readonly folder: string;
  /** Its own environment variables: a zod schema for each, see `envVar`. */
  readonly variables?: Own;
  readonly tables: Tables<S>;
  readonly policies: Policies<S>;
  readonly resolvers: object;
  /** How long a commit waits for more decisions to share it, in milliseconds; default 0 (SQLite only). */
  readonly commitDelayMs?: number;
  /** Makes a listener that is called with each event that this process has committed. */
  readonly committed?: (telemetry: Telemetry, now: () => Date) => (event: DomainEvent) => void;
  readonly start: (starting: Starting<S, Own>) => Started<S, Context> | Promise<Started<S, Context>>;
}

export interface RunningService extends Running {
  readonly service: Service;
  readonly url: string;
  /** For people: without credentials. */
  readonly databaseUrl: string;
}

/** A subgraph, for processes, tests and tools. */
export interface Subgraph<Config extends ServiceConfig = ServiceConfig, S extends State = State> {
  readonly name: Service;
  readonly tables: Tables<S>;
  /** The folder of its migrations. */
  readonly migrations: string;
  readonly policies: Policies<S>;
  /** The schemas of all its environment variables, by name. */
  readonly variables: z.ZodRawShape;
  /** @throws EnvError naming the invalid variables */
  readConfig(env?: Env): Config;
  /** Opens its database, serves its graph and handles its events, until it is closed. */
  start(config: Config, runtime: Runtime): Promise<RunningService>;
}

/**
 * Wires a subgraph's parts together, and closes them in order; the same for all subgraphs.
 *
 * @throws Error naming policies for events that the subgraph does not listen to
 */
export function defineSubgraph<
  S extends State,
  Context extends SubgraphContext<S>,
  Own extends z.ZodRawShape = Record<never, never>,
>(parts: SubgraphParts<S, Context, Own>): Subgraph<ServiceConfig & z.output<z.ZodObject<Own>>, S> {
  const { name, folder, tables, policies, variables } = parts;
  refuseUnheard(name, Object.keys(policies));
  const migrations = join(folder, 'store/migrations');
  const own = variables ?? ({} as Own); // The default of the type parameter, which has no variables.
  return {
    name,
    tables,
    migrations,
    policies,
    variables: serviceVariables(name, own),
    readConfig: (env) => readServiceConfig(name, own, env),
    start: (config, runtime) => startSubgraph(parts, migrations, config, runtime),
  };
}

/** A policy for an event of a subgraph that the service does not listen to would never run. */
function refuseUnheard(name: Service, types: readonly string[]): void {
  const unheard = types.filter(
    (type) => !listensTo(name).some((publisher) => Object.hasOwn(subgraphs[publisher].events, type)),
  );
  if (unheard.length === 0) return;
  throw new Error(
    `The ${name} service has policies for ${unheard.join(', ')}, and does not listen to what publishes them: ` +
      'add that to its `listensTo` in schema/subgraphs.ts.',
  );
}

async function startSubgraph<S extends State, Context extends SubgraphContext<S>, Own extends z.ZodRawShape>(
  parts: SubgraphParts<S, Context, Own>,
  migrations: string,
  config: ServiceConfig & z.output<z.ZodObject<Own>>,
  runtime: Runtime,
): Promise<RunningService> {
  const { name: service, folder, tables, policies, resolvers, commitDelayMs = 0, committed } = parts;
  const { now, newId, telemetry = noTelemetry } = runtime;
  const { databaseUrl, databasePoolSize: poolSize } = config;
  const published = committed?.(telemetry, now);
  const storeOptions = { tables, migrations, poolSize, commitDelayMs, ...(published && { published }) };
  const store = await openStore<S>(service, databaseUrl, storeOptions, runtime);
  const feeds: Feed[] = [];
  const feed = (topicsOf: FeedOptions['topicsOf']) => {
    const started = startFeed({ ...runtime, service, log: store.log, topicsOf });
    feeds.push(started);
    return started;
  };
  const {
    context,
    workers = [],
    handled,
  } = await parts.start({ ...runtime, telemetry, store, config, feed });
  const sdl = readFileSync(join(folder, '../schema.graphql'), 'utf8');
  const server = await serveSubgraph<S, SubgraphContext<S>>({
    service,
    config,
    runtime,
    store,
    schema: subgraphSchema({ service, sdl, resolvers, deadLetters: store.deadLetters }),
    context: (request) => ({ ...request, store, now, newId, ...context() }),
  });
  const messaging = startMessaging<S>({ ...runtime, service, store, policies, handled });

  return {
    service,
    url: server.url,
    databaseUrl: databaseLabel(databaseUrl),
    close: async () => {
      await server.close();
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([messaging.close(), ...feeds.map((each) => each.close())]);
      await store.close();
    },
  };
}
