import { hostname } from 'node:os';
import { createSqliteStore, openSqlite, type State, type Store, type Tables } from '@airline/database';
import {
  createEmbeddedTransport,
  createEncoder,
  createRedisTransport,
  type Transport,
} from '@airline/messaging';
import type { Logger } from '@airline/observability';
import type { Service } from '@airline/schema/events';
import { newId } from './new-id.ts';

/** What a service is given rather than takes: time, ids, chance, its log and its transport. */
export interface Runtime {
  readonly now: () => Date;
  /** UUIDv7. */
  readonly newId: () => string;
  /** From 0, below 1. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly transport: Transport;
  /** Sees each SQL statement. */
  readonly onStatement?: (text: string) => void;
}

/** The real clock, ids and chance. */
export const system = { now: () => new Date(), newId, random: Math.random };

/** Redis Streams where there is a URL, the embedded transport without. */
export function openTransport(redisUrl: string | undefined, logger: Logger): Transport {
  if (redisUrl === undefined) return createEmbeddedTransport(logger);
  const consumer = `${hostname()}-${process.pid}-${system.newId().slice(-12)}`;
  return createRedisTransport({ url: redisUrl, consumer, logger, now: system.now });
}

/** Opens a service's database, up to date with its migrations. */
export function openStore<S extends State>(
  service: Service,
  databaseUrl: string,
  { migrations, ...schema }: { tables: Tables<S>; migrations: string; commitDelayMs?: number },
  { now, newId, onStatement }: Runtime,
): Store<S> {
  const file = databaseUrl.slice('file:'.length);
  const database = openSqlite({ file, migrations, ...(onStatement && { onStatement }) });
  const encode = createEncoder({ source: service, newId, now });
  return createSqliteStore<S>({ database, ...schema, encode, now });
}
