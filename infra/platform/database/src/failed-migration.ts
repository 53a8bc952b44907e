import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';

/** A migration that a database refuses. Nothing of it was applied. */
export class FailedMigrationError extends Error {
  override name = 'FailedMigrationError';

  constructor(tag: string, cause: Error) {
    const reason = cause.cause instanceof Error ? cause.cause.message : cause.message;
    super(`the migration ${tag} fails: ${reason}`, { cause });
  }
}

/** A migration that a database has applied in another form than the one that is checked in. Nothing is applied then. */
export class ChangedMigrationError extends Error {
  override name = 'ChangedMigrationError';
}

/** A row of drizzle's table of applied migrations: the SHA-256 of the SQL, and the "when" of the journal. */
export interface AppliedMigration {
  readonly hash: string;
  readonly created_at: number | string;
}

/**
 * Compares what a database has applied with what is checked in; drizzle's migrator itself compares times only. Migrations later than all
 * those checked in are of a newer release, whose database an older replica may open.
 *
 * @throws ChangedMigrationError
 */
export function refuseChanged(applied: readonly AppliedMigration[], migrationsFolder: string): void {
  const checkedIn = readMigrationFiles({ migrationsFolder });
  const tags = tagsIn(migrationsFolder);
  for (const { hash, created_at: at } of applied) {
    const index = checkedIn.findIndex(({ folderMillis }) => folderMillis >= Number(at));
    const migration = checkedIn[index];
    if (migration === undefined || (migration.folderMillis === Number(at) && migration.hash === hash))
      continue;
    throw new ChangedMigrationError(
      migration.folderMillis === Number(at)
        ? `the migration ${tags[index]} has changed since the database applied it`
        : `the database has applied a migration of ${new Date(Number(at)).toISOString()} that is gone; ${tags[index]} stands in its place`,
    );
  }
}

/** The names of the migrations in a folder, in order. */
function tagsIn(migrationsFolder: string): string[] {
  const { entries }: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
  );
  return entries.map(({ tag }) => tag);
}

/** The error to throw for one of drizzle's migrator: it has the statement that failed, but not the name of its migration. */
export function migrationError(error: unknown, migrationsFolder: string): unknown {
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const failed = readMigrationFiles({ migrationsFolder }).findIndex(({ sql }) =>
    sql.some((statement) => error.message.includes(statement)),
  );
  const tag = tagsIn(migrationsFolder)[failed];
  return tag === undefined ? error : new FailedMigrationError(tag, error);
}
