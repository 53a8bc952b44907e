import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isTable, messageTables, postgresOf, type Table } from '@airline/database';
import {
  generateDrizzleJson,
  generateMigration,
  generateSQLiteDrizzleJson,
  generateSQLiteMigration,
} from 'drizzle-kit/api';
import { getTableName } from 'drizzle-orm';
import { type Migration, MigrationError, type NewMigration, readChain, type Snapshot } from './chain.ts';
import { ambiguitiesOf } from './hazards.ts';
import { NEXT, rewritten } from './rewrite.ts';
import type { Dialect, StoreFolder } from './stores.ts';

/** A chain of migrations in one database, and what its tables need beyond it. */
export interface Draft {
  readonly title: string;
  /** Where the chain is checked in. */
  readonly folder: string;
  readonly chain: readonly Migration[];
  readonly added: readonly NewMigration[];
}

/** Drafts the next migration of a store for either database, if its tables need one. */
export async function draftsOf(store: StoreFolder, name = 'unnamed'): Promise<Draft[]> {
  const tables = await allTables(store.tables);
  return [await draftSqlite(store, tables, name), await draftPostgres(store, tables, name)];
}

const draftSqlite = drafter('sqlite', generateSQLiteDrizzleJson, generateSQLiteMigration);
const draftPostgres = drafter(
  'postgres',
  (tables, previous) => generateDrizzleJson(mapped(tables, postgresOf), previous),
  generateMigration,
);

type Tables = Readonly<Record<string, Table>>;

/** The tables of a service by their names, its messages' beside its own; sorted. A module exports each, or all as `tables`. */
async function allTables(module: string): Promise<Tables> {
  const { tables, ...exported }: Record<string, unknown> = await import(pathToFileURL(module).href);
  const all = [exported, Object(tables), messageTables].flatMap((each) =>
    Object.values(each).filter(isTable),
  );
  const named = [...new Set(all)].map((table): [string, Table] => [getTableName(table), table]);
  const sorted = named.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const twice = sorted.find(([name], index) => name === sorted[index + 1]?.[0]);
  if (!twice) return Object.fromEntries(sorted);
  throw new MigrationError(`Two tables have the name ${twice[0]}, one of them in ${module}: rename that.`);
}

const mapped = <To>(tables: Tables, to: (table: Table) => To) =>
  Object.fromEntries(Object.entries(tables).map(([name, table]) => [name, to(table)]));

function drafter<S extends Snapshot>(
  dialect: Dialect,
  describe: (tables: Tables, previous?: string) => S | Promise<S>,
  statementsOf: (before: S, after: S) => Promise<string[]>,
) {
  return async (store: StoreFolder, tables: Tables, name: string): Promise<Draft> => {
    const title = `${store.name} (${dialect})`;
    const folder = join(store.migrations, dialect);
    const nothing = await describe({});
    const chain = readChain(folder, nothing);
    const last = chain.at(-1)?.after;
    const change = { before: last ?? nothing, after: await describe(tables, last?.id) };
    const ambiguities = ambiguitiesOf(change);
    if (ambiguities.length > 0) {
      throw new MigrationError(
        `${title}: some ${ambiguities.join(' and some ')} are added and some dropped, which might be renames: ` +
          'add in one migration, and drop in a later one. One that is not pushed yet can be made again: see infra/platform/database/README.md.',
      );
    }
    const statements = await statementsOf(change.before, change.after);
    const tag = `${String(chain.length).padStart(4, '0')}_${name}`;
    const added = statements.length > 0 ? [{ tag, sql: statements.join(NEXT), ...change }] : [];
    const sql = (migration: NewMigration) => rewritten(migration, dialect);
    return { title, folder, chain, added: added.map((each) => ({ ...each, sql: sql(each) })) };
  };
}
