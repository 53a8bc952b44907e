import { and, eq, getTableColumns, gt, type SQL, sql } from 'drizzle-orm';
import { deadLetter, inbox, outbox } from '../message-tables.ts';
import type { State, Tables } from '../store.ts';
import type { AnyColumn, Table } from '../table.ts';
import type { Sqlite } from './connect.ts';

// Statements are prepared once: preparing costs ten times what running does.

/** What a transaction runs for one table: its row by its key, and its row written. */
export interface RowStatements {
  get(key: string): object | undefined;
  put(row: object): void;
}

/** The column that names a table's rows: the first. */
export function keyOf(table: Table): AnyColumn {
  const [first] = Object.values(getTableColumns(table));
  if (!first) throw new Error('A table needs a key column.');
  return first as AnyColumn;
}

function prepareTable(db: Sqlite['db'], table: Table): RowStatements {
  const key = keyOf(table);
  const columns = Object.entries(getTableColumns(table));
  const values = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]));
  const excluded = Object.fromEntries(
    columns.slice(1).map(([name, column]): [string, SQL] => [name, sql.raw(`excluded."${column.name}"`)]),
  );
  const select = db.select().from(table).where(eq(key, sql.placeholder('key'))).prepare();
  const upsert = db.insert(table).values(values).onConflictDoUpdate({ target: key, set: excluded }).prepare();
  return {
    get: (value) => select.get({ key: value }) as object | undefined,
    put: (row) => {
      upsert.run(row as Record<string, unknown>);
    },
  };
}

export function prepareTables<S extends State>(db: Sqlite['db'], tables: Tables<S>) {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [name, prepareTable(db, table)]),
  ) as { readonly [Name in keyof S]: RowStatements };
}

export function prepareMessages(db: Sqlite['db']) {
  const { placeholder } = sql;
  return {
    markHandled: db
      .insert(inbox)
      .values({ consumer: placeholder('consumer'), eventId: placeholder('eventId') })
      .onConflictDoNothing()
      .prepare(),
    append: db
      .insert(outbox)
      .values({ event: placeholder('event'), createdAt: placeholder('createdAt') })
      .prepare(),
    readLog: db
      .select({ seq: outbox.seq, event: outbox.event })
      .from(outbox)
      .where(gt(outbox.seq, placeholder('after')))
      .orderBy(outbox.seq)
      .limit(placeholder('limit'))
      .prepare(),
    removeLetter: db
      .delete(deadLetter)
      .where(and(eq(deadLetter.id, placeholder('eventId')), eq(deadLetter.consumer, placeholder('consumer'))))
      .prepare(),
  };
}
