import { join } from 'node:path';
import { FailedMigrationError, openSqlite } from '@airline/database';
import { tempFolder } from '@airline/testing';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { append, MigrationError, type NewMigration, readChain } from './chain.ts';
import { draftsOf } from './draft.ts';
import { NEXT, rewritten } from './rewrite.ts';
import type { StoreFolder } from './stores.ts';

/**
 * Checks that a store's migrations make its tables, on SQLite in memory: SQL that was edited by hand may lead elsewhere
 * than the snapshot beside it. PostgreSQL takes a server (made.int.test.ts), so here the statements of its migrations are
 * compared with those that drizzle-kit makes of the snapshots; only what changes rows may be added to them.
 *
 * @throws MigrationError
 */
export async function checkMade(store: StoreFolder): Promise<void> {
  await checkSqlite(store);
  await checkPostgres(store);
}

async function checkPostgres({ name, migrations }: StoreFolder): Promise<void> {
  const folder = join(migrations, 'postgres');
  for (const { tag, sql, before, after } of readChain(folder, generateDrizzleJson({}))) {
    const written = statementsOf(sql).filter((statement) => !CHANGES_ROWS.test(statement));
    const wanted = statementsOf((await generateMigration(before, after)).join(NEXT));
    const differences = shapeDifferences(written, wanted);
    if (differences.length === 0) continue;
    throw new MigrationError(
      `${name} (postgres): ${tag} has other statements than its snapshot asks for (+ written, - asked for):\n` +
        `${differences.join('\n')}\nCorrect ${join(folder, `${tag}.sql`)}, or generate it again. Only UPDATE, INSERT and DELETE may be added.`,
    );
  }
}

const CHANGES_ROWS = /^(update|insert|delete|with)\b/i;

/** A statement ends with a line. */
const statementsOf = (sql: string): string[] =>
  sql
    .split(/;\s*?(?:-->.*)?$/m)
    .map((statement) =>
      statement
        .replaceAll(/^\s*--.*$/gm, '')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean);

async function checkSqlite(store: StoreFolder): Promise<void> {
  await using temporary = await tempFolder();
  const fresh = await freshMigrations(store, temporary.path);
  const differences = shapeDifferences(sqliteShape(store), sqliteShape(fresh));
  if (differences.length === 0) return;
  throw new MigrationError(
    `${store.name} (sqlite): the migrations make other tables than the store describes (+ made, - described):\n` +
      `${differences.join('\n')}\nCorrect ${await editedFile(store)}, for both databases, or generate it again.`,
  );
}

/** The first file of a chain after which the tables are other than its snapshot says. */
async function editedFile({ name, migrations }: StoreFolder): Promise<string> {
  const folder = join(migrations, 'sqlite');
  const nothing = await generateSQLiteDrizzleJson({});
  const chain = readChain(folder, nothing);
  for (const [index, { tag, after }] of chain.entries()) {
    const sql = (await generateSQLiteMigration(nothing, after)).join(NEXT);
    const atOnce = rewritten({ tag, sql, before: nothing, after }, 'sqlite');
    const made = await shapeAfter(name, chain.slice(0, index + 1));
    const wanted = await shapeAfter(name, [{ tag, sql: atOnce, before: nothing, after }]);
    if (shapeDifferences(made, wanted).length > 0) return join(folder, `${tag}.sql`);
  }
  return folder;
}

/** The shape of a database that has these migrations alone. */
async function shapeAfter(name: string, chain: readonly NewMigration[]): Promise<string[]> {
  await using temporary = await tempFolder();
  for (const migration of chain) append(join(temporary.path, 'sqlite'), migration, new Date(0));
  return sqliteShape({ name, migrations: temporary.path });
}

/** The same store with migrations that make its tables at once, written to an empty folder. */
export async function freshMigrations(store: StoreFolder, migrations: string): Promise<StoreFolder> {
  const fresh = { ...store, migrations };
  for (const { folder, added } of await draftsOf(fresh, 'tables'))
    for (const migration of added) append(folder, migration, new Date(0));
  return fresh;
}

/** How the shape of a database differs from the one wanted, a line each. */
export const shapeDifferences = (made: readonly string[], wanted: readonly string[]): string[] => [
  ...made.filter((line) => !wanted.includes(line)).map((line) => `  + ${line}`),
  ...wanted.filter((line) => !made.includes(line)).map((line) => `  - ${line}`),
];

const SHAPE = `select t.name || '.' || c.name || ' ' || upper(c.type) || iif(c."notnull", ' NOT NULL', '')
      || coalesce(' DEFAULT ' || c.dflt_value, '') || iif(c.pk, ' KEY ' || c.pk || iif(t.wr, ' WITHOUT ROWID', ''), '') as line
    from pragma_table_list t join pragma_table_xinfo(t.name) c
    where t.schema = 'main' and t.type = 'table' and t.name not glob 'sqlite*' and t.name not glob '__*'
  union all select sql from sqlite_master where type <> 'table' and sql is not null`;

/** The columns, indexes, triggers and views that a store's migrations make, a line each. */
function sqliteShape({ name, migrations }: Pick<StoreFolder, 'name' | 'migrations'>): string[] {
  try {
    const { client } = openSqlite({ file: ':memory:', migrations });
    const lines = client.prepare<[], { line: string }>(SHAPE).all();
    client.close();
    return lines.map(({ line }) => line.replaceAll(/[`"]/g, '').replaceAll(/\s+/g, ' '));
  } catch (error) {
    if (!(error instanceof FailedMigrationError)) throw error;
    throw new MigrationError(`${name} (sqlite): ${error.message}. Correct its SQL, or generate it again.`);
  }
}
