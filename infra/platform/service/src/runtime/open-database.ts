import { setTimeout as pause } from 'node:timers/promises';
import {
  isUnavailable,
  openPostgres,
  openSqlite,
  type Postgres,
  type PostgresOptions,
  type Sqlite,
  type SqliteOptions,
} from '@airline/database';
import type { Logger } from '@airline/observability';
import { StartError } from '../errors/start-error.ts';
import { databaseFault } from './database-fault.ts';

const FILE = 'file:';
const RETRY_MS = 500;

export const isFile = (databaseUrl: string): boolean => databaseUrl.startsWith(FILE);

/**
 * Opens the SQLite database of a `file:` URL.
 *
 * @param variable its variable, `FLIGHT_DB_URL`
 * @throws StartError when it cannot be opened
 */
export function openFile(
  variable: string,
  databaseUrl: string,
  options: Omit<SqliteOptions, 'file'>,
): Sqlite {
  try {
    return openSqlite({ file: databaseUrl.slice(FILE.length), ...options });
  } catch (error) {
    throw databaseFault(error, { database: databaseUrl, variables: `DATA_DIR or ${variable}` });
  }
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
      const database = databaseLabel(options.url);
      const fault = databaseFault(error, { database, variables: variable });
      if (!isUnavailable(error)) throw fault;
      if (performance.now() >= end) {
        throw new StartError(`${fault.message} It was waited for ${Math.round(waitMs / 1000)} s.`);
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
