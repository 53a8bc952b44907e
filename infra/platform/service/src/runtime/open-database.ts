import { setTimeout as pause } from 'node:timers/promises';
import {
  FailedMigrationError,
  isTransient,
  openPostgres,
  openSqlite,
  type Postgres,
  type PostgresOptions,
  type Sqlite,
  type SqliteOptions,
} from '@airline/database';
import type { Logger } from '@airline/observability';
import { StartError } from './start.ts';

const FILE = 'file:';
const RETRY_MS = 500;

export const isFile = (databaseUrl: string): boolean => databaseUrl.startsWith(FILE);

/**
 * Opens the SQLite database of a `file:` URL.
 * @throws StartError when a migration fails
 */
export function openFile(databaseUrl: string, options: Omit<SqliteOptions, 'file'>): Sqlite {
  try {
    return openSqlite({ file: databaseUrl.slice(FILE.length), ...options });
  } catch (error) {
    if (!(error instanceof FailedMigrationError) || isTransient(error)) throw error;
    throw new StartError(`Cannot open the database ${databaseUrl}: ${error.message}. ${REDONE}`);
  }
}

const REDONE =
  'If that migration was generated again, the database has its earlier form: delete the database, which loses its rows.';

/**
 * Opens a PostgreSQL database; waits for one that is unavailable.
 * @throws StartError when it cannot be opened, or is unavailable for `waitMs`
 */
export async function waitForPostgres(
  variable: string,
  options: PostgresOptions,
  waitMs: number,
  logger: Logger,
): Promise<Postgres> {
  const end = performance.now() + waitMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await openPostgres(options);
    } catch (error) {
      const reason = error instanceof AggregateError ? error.errors.join(', ') : String(error);
      const database = databaseLabel(options.url);
      if (!isTransient(error)) {
        const remedy = error instanceof FailedMigrationError ? REDONE : `Correct it, or ${variable}.`;
        throw new StartError(`Cannot open the database ${database}: ${reason}. ${remedy}`);
      }
      if (performance.now() >= end) {
        throw new StartError(
          `The database ${database} is unavailable: ${reason}. Start it, or correct ${variable}.`,
        );
      }
      if (tries === 1) logger.warn({ database, err: error }, 'database unavailable; waiting');
      await pause(RETRY_MS);
    }
  }
}

/** A database's URL without credentials and parameters. */
export function databaseLabel(databaseUrl: string): string {
  if (!URL.canParse(databaseUrl) || isFile(databaseUrl)) return databaseUrl;
  const { protocol, host, pathname } = new URL(databaseUrl);
  return `${protocol}//${host}${pathname}`;
}
