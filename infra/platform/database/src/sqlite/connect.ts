import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { withMessages } from '../message-tables.ts';
import {
  type AppliedMigration,
  checkedIn,
  FailedMigrationError,
  JOURNAL,
  type Migrated,
  missing,
  type PresentColumn,
  refuseMissing,
} from '../migrations.ts';
import type { Table } from '../table.ts';

export interface SqliteOptions {
  /** A path, or `:memory:`. Folders are made. */
  readonly file: string;
  /** The folder of checked-in migrations, one folder for each database; all that are missing are applied. */
  readonly migrations: string;
  /** Whose columns must be there once it is migrated, and those of the message tables; default: none is looked for. */
  readonly tables?: Readonly<Record<string, Table>> | undefined;
  /** Sees the text of each statement, to count them. */
  readonly onStatement?: (text: string) => void;
}

export type Sqlite = ReturnType<typeof openSqlite>;

/**
 * Opens a database that survives a loss of power after each commit, and brings its tables up to date.
 * @throws FailedMigrationError, ChangedMigrationError, ForeignTablesError or MissingColumnsError
 */
export function openSqlite({ file, migrations, tables, onStatement }: SqliteOptions) {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const client = new Database(file, onStatement ? { verbose: (text) => onStatement(String(text)) } : {});
  try {
    client.pragma('journal_mode = WAL');
    client.pragma('synchronous = FULL');
    client.pragma('busy_timeout = 5000');
    // 40 MB of pages: those that change with every transaction are written back once for many of them.
    client.pragma('wal_autocheckpoint = 10000');
    // 4 MB: working sets are small, and the system caches the file as well.
    client.pragma('cache_size = -4000');
    migrate(client, join(migrations, 'sqlite'));
    if (tables) refuseMissing(withMessages(tables), columnsIn(client));
    return { client, db: drizzle(client) };
  } catch (error) {
    client.close();
    throw error;
  }
}

function migrate(client: Database.Database, folder: string): void {
  const migrations = checkedIn(folder);
  if (missing(migrations, migratedIn(client)).length === 0) return;
  // All of them, or none; another process may have applied them meanwhile.
  const apply = client.transaction(() => {
    for (const migration of missing(migrations, migratedIn(client))) {
      client.exec(
        `create table if not exists ${JOURNAL} (id integer primary key, hash text not null, created_at numeric)`,
      );
      try {
        for (const statement of migration.statements) client.exec(statement);
      } catch (error) {
        throw new FailedMigrationError(migration, error);
      }
      client
        .prepare(`insert into ${JOURNAL} (hash, created_at) values (?, ?)`)
        .run(migration.hash, migration.at);
    }
  });
  apply.immediate();
}

function migratedIn(client: Database.Database): Migrated {
  const names = client
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'",
    )
    .all()
    .map(({ name }) => name);
  const applied = names.includes(JOURNAL)
    ? client.prepare<[], AppliedMigration>(`select hash, created_at from ${JOURNAL}`).all()
    : [];
  return { applied, tables: names.filter((name) => name !== JOURNAL) };
}

const columnsIn = (client: Database.Database): PresentColumn[] =>
  client
    .prepare<[], PresentColumn>(
      `select t.name as "table", c.name as "column" from sqlite_schema t join pragma_table_info(t.name) c`,
    )
    .all();
