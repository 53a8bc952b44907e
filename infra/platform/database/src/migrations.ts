import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getTableColumns, getTableName, type Table } from 'drizzle-orm';
import { readMigrationFiles } from 'drizzle-orm/migrator';

/** A migration that a database refuses. Nothing of it was applied. */
export class FailedMigrationError extends Error {
  override name = 'FailedMigrationError';

  constructor({ tag }: Migration, cause: unknown) {
    super(`the migration ${tag} fails: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A migration that a database has applied in another form than the one that is checked in. Nothing is applied then. */
export class ChangedMigrationError extends Error {
  override name = 'ChangedMigrationError';
}

/** Tables that these migrations have not made. Nothing is applied then. */
export class ForeignTablesError extends Error {
  override name = 'ForeignTablesError';
}

/** Tables or columns that the code has and that no migration has made. */
export class MissingColumnsError extends Error {
  override name = 'MissingColumnsError';
}

/** The table of applied migrations, as drizzle's own migrator has it. */
export const JOURNAL = '__drizzle_migrations';

/** A row of the journal: the SHA-256 of the SQL, and the "when" of the checked-in journal. */
export interface AppliedMigration {
  readonly hash: string;
  readonly created_at: number | string;
}

/** A checked-in migration. */
export interface Migration {
  readonly tag: string;
  readonly hash: string;
  /** In milliseconds since the epoch. */
  readonly at: number;
  readonly statements: readonly string[];
}

/** What a database has. */
export interface Migrated {
  readonly applied: readonly AppliedMigration[];
  /** The names of its tables, the journal left out. */
  readonly tables: readonly string[];
}

/** The migrations in a folder, in order. */
export function checkedIn(migrationsFolder: string): readonly Migration[] {
  const { entries }: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
  );
  return readMigrationFiles({ migrationsFolder }).map(({ sql, folderMillis, hash }, index) => ({
    tag: entries[index]?.tag ?? '',
    hash,
    at: folderMillis,
    statements: sql,
  }));
}

/** Whether the first of these migrations was applied, be it in another form. Later ones may be alike in several services. */
export function hasBegun([first]: readonly Migration[], applied: readonly AppliedMigration[]): boolean {
  return applied.some(({ hash, created_at: at }) => hash === first?.hash || Number(at) === first?.at);
}

/**
 * The migrations that a database lacks. Applied ones later than all those checked in are of a newer release, whose database an older
 * replica may open.
 *
 * @throws ChangedMigrationError or ForeignTablesError
 */
export function missing(migrations: readonly Migration[], { applied, tables }: Migrated): Migration[] {
  if (tables.length + applied.length > 0 && !hasBegun(migrations, applied)) {
    const some = tables.length > 0 ? tables.slice(0, 5).join(', ') : 'none';
    throw new ForeignTablesError(
      `it is of another service or program, or its first migration was made again: its tables are ${some}${tables.length > 5 ? ', …' : ''}`,
    );
  }
  for (const { hash, created_at: at } of applied) {
    const migration = migrations.find((each) => each.at >= Number(at));
    if (migration === undefined || (migration.at === Number(at) && migration.hash === hash)) continue;
    throw new ChangedMigrationError(
      migration.at === Number(at)
        ? `the migration ${migration.tag} has changed since the database applied it`
        : `the database has applied a migration of ${new Date(Number(at)).toISOString()} that is gone; ${migration.tag} stands in its place`,
    );
  }
  const last = Math.max(...applied.map(({ created_at: at }) => Number(at)));
  return migrations.filter(({ at }) => at > last);
}

/** A column that a database has, by its name in there. */
export interface PresentColumn {
  readonly table: string;
  readonly column: string;
}

/**
 * Refuses a database that lacks a table or a column. It may have more of them, which a newer release has added.
 *
 * @throws MissingColumnsError
 */
export function refuseMissing(tables: readonly Table[], present: readonly PresentColumn[]): void {
  const names = new Set(present.flatMap(({ table, column }) => [table, `${table}.${column}`]));
  const missing = tables.flatMap((each) => {
    const table = getTableName(each);
    if (!names.has(table)) return [`the table ${table}`];
    const columns = Object.values(getTableColumns(each)).map(({ name }) => `${table}.${name}`);
    return columns.filter((name) => !names.has(name)).map((name) => `the column ${name}`);
  });
  if (missing.length > 0) throw new MissingColumnsError(`it lacks ${missing.join(', ')}`);
}
