import { hostname } from 'node:os';
import {
  createPostgresStore,
  createSqliteStore,
  type State,
  type Store,
  type Tables,
} from '@airline/database';
import {
  createEmbeddedTransport,
  createEncoder,
  createRedisTransport,
  type Transport,
} from '@airline/messaging';
import { createOutage, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import type { DomainEvent, Service } from '@airline/schema/events';
import type { ServiceConfig } from '../config/service-config.ts';
import { newId } from './new-id.ts';
import { databaseLabel, isFile, openFile, waitForPostgres } from './open-database.ts';
import { commitTelemetry, observePublished } from './store-telemetry.ts';

/** A service's dependencies on its process: time, ids, randomness, log and transport. */
export interface Runtime {
  readonly now: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
  /** From 0, below 1. */
  readonly random: () => number;
  /** By which the reads of a request are timed, in ms; default the machine's. */
  readonly monotonic?: () => number;
  readonly logger: Logger;
  readonly transport: Transport;
  /** Default `noTelemetry`. */
  readonly telemetry?: Telemetry;
  /** Called with each SQL statement. */
  readonly onStatement?: (text: string) => void;
}

/** The real clock, ids and randomness. */
export const system = { now: () => new Date(), newId, random: Math.random };

/** Redis Streams with a URL, the embedded transport without. */
export function openTransport(
  { redisUrl, takeOverAfterMs }: Pick<ServiceConfig, 'redisUrl' | 'takeOverAfterMs'>,
  logger: Logger,
): Transport {
  if (redisUrl === undefined) return createEmbeddedTransport(logger);
  const consumer = `${hostname()}-${process.pid}-${system.newId().slice(-12)}`;
  return createRedisTransport({ url: redisUrl, consumer, logger, now: system.now, takeOverAfterMs });
}

export interface StoreOptions<S extends State> {
  readonly tables: Tables<S>;
  /** The folder of migrations, one folder for each database. */
  readonly migrations: string;
  readonly commitDelayMs?: number;
  /** Maximum number of connections to PostgreSQL. */
  readonly poolSize?: number | undefined;
  /** How long to wait for an unavailable PostgreSQL; default a minute. */
  readonly waitMs?: number;
  /** Called with each event that this process has committed. */
  readonly published?: (event: DomainEvent) => void;
}

/**
 * Opens a service's database, SQLite (`file:`) or PostgreSQL (`postgres://`), and migrates it.
 *
 * @throws StartError when a migration fails or is missing, and when PostgreSQL cannot be opened, or is unavailable for `waitMs`
 */
export async function openStore<S extends State>(
  service: Service,
  databaseUrl: string,
  options: StoreOptions<S>,
  runtime: Pick<Runtime, 'now' | 'newId' | 'onStatement' | 'logger' | 'telemetry'>,
): Promise<Store<S>> {
  const { telemetry = noTelemetry } = runtime;
  const store = await openBareStore<S>(service, databaseUrl, options, { ...runtime, telemetry });
  return observePublished(store, (event) => {
    telemetry.metrics.add('events_committed_total', 1, { type: event.type });
    options.published?.(event);
  });
}

async function openBareStore<S extends State>(
  service: Service,
  databaseUrl: string,
  options: StoreOptions<S>,
  runtime: Pick<Runtime, 'now' | 'newId' | 'onStatement' | 'logger'> & { readonly telemetry: Telemetry },
): Promise<Store<S>> {
  const { now, newId, onStatement, logger, telemetry } = runtime;
  const { tables, migrations, commitDelayMs = 0, poolSize, waitMs = 60_000 } = options;
  const encode = createEncoder({ source: service, newId, now });
  const onCommit = telemetry === noTelemetry ? undefined : commitTelemetry(telemetry);
  const store = { tables, commitDelayMs, encode, now, onCommit };
  const seen = { migrations, tables, ...(onStatement && { onStatement }) };
  const variable = `${service.toUpperCase()}_DB_URL`;
  if (isFile(databaseUrl)) {
    const database = openFile(variable, databaseUrl, seen);
    return createSqliteStore<S>({ database, ...store });
  }
  const database = databaseLabel(databaseUrl);
  const outage = createOutage({
    begins: (error) => logger.warn({ database, err: error }, 'database unavailable'),
    ends: () => logger.info({ database }, 'database available again'),
  });
  const postgres = {
    url: databaseUrl,
    service,
    ...(poolSize !== undefined && { poolSize }),
    // Whether the database is away is for the next statement to show.
    onLost: (error: Error) => logger.debug({ database, err: error }, 'database connection lost'),
    watch: outage.watch,
    ...seen,
  };
  const opened = await waitForPostgres(variable, postgres, waitMs, logger);
  return createPostgresStore<S>({ database: opened, ...store });
}
