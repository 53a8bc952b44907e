import type { NewMigration } from './chain.ts';
import { declared, hazardsOf, tightenedColumns } from './hazards.ts';
import type { Dialect } from './stores.ts';

/** What stands between two statements of a migration. */
export const NEXT = '--> statement-breakpoint\n';

/** The SQL of a new migration with what drizzle-kit cannot say, or says wrongly. */
export function rewritten(migration: NewMigration, dialect: Dialect): string {
  const sql = dialect === 'sqlite' ? keptByKey(wholeExpressions(copiedAsItWas(migration))) : migration.sql;
  return declared(hazardsOf(migration).losses) + backfilled(migration) + sql;
}

/**
 * Tables of SQLite whose key is text are kept by that key (`WITHOUT ROWID`): one tree to write less for each of them.
 * drizzle-kit cannot say so.
 */
const keptByKey = (sql: string) =>
  sql.replaceAll(/CREATE TABLE [^;]*?\n\);/g, (table) =>
    table.includes('AUTOINCREMENT') ? table : table.replace(/;$/, ' WITHOUT ROWID;'),
  );

/** drizzle-kit takes an expression of an index of SQLite for several columns where it has a comma. */
const wholeExpressions = (sql: string) =>
  sql.replaceAll(/`\w+\([^)]*\)`/g, (expression) => expression.slice(1, -1).replaceAll('`,`', ','));

/** Where drizzle-kit rebuilds a table of SQLite, it also copies columns that the old one lacks: those have defaults. */
const copiedAsItWas = ({ sql, before }: NewMigration) =>
  sql.replaceAll(/(INSERT INTO `__new_(\w+)`)\(([^)]*)\) SELECT [^;]* FROM/g, (_, insert, table, columns) => {
    const old = before.tables[table]?.columns ?? {};
    const copied = String(columns)
      .split(', ')
      .filter((column) => column.slice(1, -1) in old);
    return `${insert}(${copied.join(', ')}) SELECT ${copied.join(', ')} FROM`;
  });

/** Rows that lack what is no longer optional get the default first. */
export const backfilled = (migration: NewMigration) =>
  tightenedColumns(migration)
    .map(
      ({ table, column: { name, default: value } }) =>
        `UPDATE "${table}" SET "${name}" = ${value} WHERE "${name}" IS NULL;${NEXT}`,
    )
    .join('');
