import { setTimeout as pause } from 'node:timers/promises';
import {
  ChangedMigrationError,
  FailedMigrationError,
  ForeignTablesError,
  isUnavailable,
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
    const remedy = remedyOf(error);
    if (!(error instanceof Error) || remedy === undefined || isUnavailable(error)) throw error;
    throw new StartError(`Cannot open the database ${databaseUrl}: ${error.message}. ${remedy}`);
  }
}

/** What to do about a migration that is not applied. */
function remedyOf(error: unknown): string | undefined {
  if (error instanceof ChangedMigrationError) {
    return (
      'Restore it as it was, and change the tables by a further one: npm run migrations -- <name>. If it was not pushed yet, ' +
      'delete the database instead, which loses its rows.'
    );
  }
  if (error instanceof FailedMigrationError)
    return 'Nothing of it was applied: correct it, or the rows that it refuses.';
  if (error instanceof ForeignTablesError)
    return 'Give it a database of its own, or move aside what this one has.';
  return undefined;
}

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
      if (!isUnavailable(error)) {
        const remedy = remedyOf(error) ?? `Correct it, or ${variable}.`;
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
