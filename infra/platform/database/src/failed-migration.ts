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

/** The error to throw for one of drizzle's migrator: it has the statement that failed, but not the name of its migration. */
export function migrationError(error: unknown, migrationsFolder: string): unknown {
  if (!(error instanceof Error) || error.cause === undefined) return error;
  const { entries }: { entries: { tag: string }[] } = JSON.parse(
    readFileSync(join(migrationsFolder, 'meta/_journal.json'), 'utf8'),
  );
  const failed = readMigrationFiles({ migrationsFolder }).findIndex(({ sql }) =>
    sql.some((statement) => error.message.includes(statement)),
  );
  const { tag } = entries[failed] ?? {};
  return tag === undefined ? error : new FailedMigrationError(tag, error);
}
