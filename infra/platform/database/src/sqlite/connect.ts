import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { type AppliedMigration, migrationError, refuseChanged } from '../failed-migration.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. Folders are made. */
  readonly file: string;
  /** The folder of checked-in migrations, one folder for each database; all that are missing are applied. */
  readonly migrations: string;
  /** Sees the text of each statement, to count them. */
  readonly onStatement?: (text: string) => void;
}

export type Sqlite = ReturnType<typeof openSqlite>;

/**
 * Opens a database that survives a loss of power after each commit, and brings its tables up to date.
 * @throws FailedMigrationError or ChangedMigrationError
 */
export function openSqlite({ file, migrations, onStatement }: SqliteOptions) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const client = new Database(file, onStatement ? { verbose: (text) => onStatement(String(text)) } : {});
  client.pragma('journal_mode = WAL');
  client.pragma('synchronous = FULL');
  client.pragma('busy_timeout = 5000');
  // 40 MB of pages: those that change with every transaction are written back once for many of them.
  client.pragma('wal_autocheckpoint = 10000');
  // 4 MB: working sets are small, and the system caches the file as well.
  client.pragma('cache_size = -4000');
  const db = drizzle(client);
  const migrationsFolder = join(migrations, 'sqlite');
  try {
    refuseChanged(appliedMigrations(client), migrationsFolder);
    migrate(db, { migrationsFolder });
  } catch (error) {
    client.close();
    throw migrationError(error, migrationsFolder);
  }
  return { client, db };
}

function appliedMigrations(client: Database.Database): AppliedMigration[] {
  const exists = client.prepare("select 1 from sqlite_schema where name = '__drizzle_migrations'").get();
  if (exists === undefined) return [];
  return client.prepare<[], AppliedMigration>('select hash, created_at from __drizzle_migrations').all();
}
