import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageTables, type Reader, type State, type Store, type Tables } from '@airline/database';
import { type Policies, type Running, type RunningMessaging, startMessaging } from '@airline/messaging';
import { noTelemetry, type Telemetry } from '@airline/observability';
import type { DomainEvent, PublishedEvent, Service } from '@airline/schema/events';
import type { z } from 'zod';
import type { ServiceConfig } from '../config/service-config.ts';
import { StartError } from '../errors/start-error.ts';
import { type Feed, type FeedOptions, startFeed } from '../feed/feed.ts';
import type { WorkContext } from '../graphql/bounded-fields.ts';
import { requestReader } from '../graphql/request-reader.ts';
import { subgraphSchema } from '../graphql/subgraph-schema.ts';
import type { Caller } from '../identity/caller.ts';
import { databaseLabel } from './open-database.ts';
import { openStore, type Runtime } from './runtime.ts';
import { type RequestFacts, serveSubgraph } from './serve-subgraph.ts';
import { subgraphHealth } from './subgraph-health.ts';

/** The context of one request that all subgraphs share; each adds its own. */
export interface SubgraphContext<S extends State> extends Omit<RequestFacts, 'traceparent'> {
  /** What it publishes is of the trace of the request. */
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

/** What a subgraph has made of its parts, before it serves. */
export interface Started<S extends State, Context extends SubgraphContext<S>> {
  /** Makes the subgraph's own part of the context, for each request, which `read` reads for. */
  readonly context: (request: {
    readonly read: Reader;
    readonly caller: Caller;
  }) => Omit<Context, keyof SubgraphContext<S>>;
  /** Called once the server listens, before the first event is handled. */
  readonly startWorkers?: () => Workers;
}

/** What a subgraph runs in the background. */
export interface Workers {
  /** Closed with the subgraph, after its server. */
  readonly running: readonly Running[];
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

/** Dead letters, for operators. */
const MOST_COUNTED = 100_000;

/** The folder of a subgraph's migrations. */
export const migrationsOf = ({ folder }: { readonly folder: string }) => join(folder, 'store/migrations');

/**
 * Opens a subgraph's database, serves its graph, starts its workers and handles its events. When a step fails, what the steps
 * before it have opened is closed.
 *
 * @throws StartError when the database or the port is unavailable, or the transport will never do
 */
export async function startSubgraph<
  S extends State,
  Context extends SubgraphContext<S>,
  Own extends z.ZodRawShape,
>(
  parts: SubgraphParts<S, Context, Own>,
  config: ServiceConfig & z.output<z.ZodObject<Own>>,
  runtime: Runtime,
): Promise<RunningService> {
  const { name: service, folder, policies, resolvers } = parts;
  const { now, newId, telemetry = noTelemetry } = runtime;
  // Closes in the reverse order of these lines: the server, the workers, what reads and publishes events, the database.
  await using stack = new AsyncDisposableStack();
  const unsuitable = await runtime.transport.unsuitable();
  if (unsuitable !== undefined) throw new StartError(`${unsuitable} Correct it, or REDIS_URL.`);
  const store = await openPartsStore(parts, config, runtime);
  stack.defer(() => store.close());
  const messaging: Running[] = [];
  stack.defer(() => closeAll(messaging));
  const workers: Running[] = [];
  stack.defer(() => closeAll(workers));

  const feed = (topicsOf: FeedOptions['topicsOf']) => {
    const started = startFeed({ ...runtime, service, log: store.log, topicsOf });
    messaging.push(started);
    return started;
  };
  const { context, startWorkers } = await parts.start({ ...runtime, telemetry, store, config, feed });
  const sdl = readFileSync(join(folder, '../schema.graphql'), 'utf8');
  let handling: RunningMessaging | undefined;
  const health = subgraphHealth({ runtime, store, fault: () => handling?.fault() });
  const status = {
    version: config.version,
    replica: runtime.transport.member,
    startedAt: now(),
    health,
    messaging: () => handling?.status,
    deadLetters: () => store.read.count(messageTables.deadLetter, undefined, MOST_COUNTED),
    metrics: telemetry.metrics,
  };
  const server = await serveSubgraph<SubgraphContext<S> & WorkContext>({
    service,
    config,
    runtime,
    health,
    schema: subgraphSchema({ service, sdl, resolvers, deadLetters: store.deadLetters, status }),
    context: ({ traceparent, ...request }) => {
      const read = requestReader(store.read, request.work, runtime.monotonic);
      const traced: typeof store = {
        ...store,
        transact: (command) => store.transact({ ...command, traceparent }),
      };
      return { ...request, store: traced, now, newId, ...context({ read, caller: request.caller }) };
    },
  });
  stack.defer(() => server.close());
  const { running = [], handled } = startWorkers?.() ?? {};
  workers.push(...running);
  handling = startMessaging<S>({ ...runtime, service, store, policies, handled });
  messaging.push(handling);

  const started = stack.move();
  return {
    service,
    url: server.url,
    databaseUrl: databaseLabel(config.databaseUrl),
    close: () => started.disposeAsync(),
  };
}

function openPartsStore<S extends State, Context extends SubgraphContext<S>, Own extends z.ZodRawShape>(
  parts: SubgraphParts<S, Context, Own>,
  { databaseUrl, databasePoolSize: poolSize }: ServiceConfig,
  runtime: Runtime,
): Promise<Store<S>> {
  const { name, tables, commitDelayMs = 0, committed } = parts;
  const published = committed?.(runtime.telemetry ?? noTelemetry, runtime.now);
  const options = { tables, migrations: migrationsOf(parts), poolSize, commitDelayMs };
  return openStore<S>(name, databaseUrl, { ...options, ...(published && { published }) }, runtime);
}

async function closeAll(running: readonly Running[]): Promise<void> {
  await Promise.all(running.map((each) => each.close()));
}
