import { and, eq, getTableColumns, gt, isNull, type SQL, sql } from 'drizzle-orm';
import type { LogEntry } from '../event-log.ts';
import { deadLetter, inbox, outbox } from '../message-tables.ts';
import type { Message, State, Tables } from '../store.ts';
import { fieldOf, keyOf, propertyOf, type Table } from '../table.ts';
import type { Sqlite } from './connect.ts';
import { prepare } from './prepare.ts';

// Statements are prepared once: preparing costs ten times what running does.

/** What a transaction runs for one table: its row by its key, its row written, and its numbers raised. */
export interface RowStatements {
  get(key: string): object | undefined;
  put(row: object): void;
  /** Inserts a row, or adds its numbers to those of the row of its key. */
  add(row: object): void;
  keyOf(row: object): string;
}

function prepareTable(database: Sqlite, table: Table): RowStatements {
  const { db } = database;
  const key = keyOf(table);
  const keyProperty = propertyOf(table, key);
  const columns = Object.entries(getTableColumns(table));
  const values = Object.fromEntries(columns.map(([name]) => [name, sql.placeholder(name)]));
  const excluded = Object.fromEntries(
    columns.slice(1).map(([name, column]): [string, SQL] => [name, sql.raw(`excluded."${column.name}"`)]),
  );
  const select = prepare(
    database,
    db
      .select()
      .from(table)
      .where(eq(key, sql.placeholder('key'))),
  );
  const upsert = prepare(
    database,
    db.insert(table).values(values).onConflictDoUpdate({ target: key, set: excluded }),
  );
  const sums = Object.fromEntries(
    columns
      .slice(1)
      .flatMap(([name, column]): [string, SQL][] =>
        column.dataType === 'number'
          ? [[name, sql`${column} + ${sql.raw(`excluded."${column.name}"`)}`]]
          : [],
      ),
  );
  const increment = prepare(
    database,
    db
      .insert(table)
      .values(values)
      .onConflictDoUpdate({ target: key, set: { ...excluded, ...sums } }),
  );
  return {
    get: (value) => {
      const row = select.get({ key: value });
      return row && Object.fromEntries(columns.map(([name, column]) => [name, row[column.name]]));
    },
    put: (row) => {
      upsert.run({ ...row });
    },
    add: (row) => {
      increment.run({ ...row });
    },
    keyOf: (row) => String(fieldOf(row, keyProperty)),
  };
}

/** The statements of each table, by its name in the state. */
export function prepareTables<S extends State>(database: Sqlite, tables: Tables<S>) {
  return new Map(Object.entries<Table>(tables).map(([name, table]) => [name, prepareTable(database, table)]));
}

export function prepareMessages(database: Sqlite) {
  const { db } = database;
  const { placeholder } = sql;
  const markHandled = prepare(
    database,
    db
      .insert(inbox)
      .values({ consumer: placeholder('consumer'), eventId: placeholder('eventId') })
      .onConflictDoNothing(),
  );
  const append = prepare(
    database,
    db.insert(outbox).values({ event: placeholder('event'), createdAt: placeholder('createdAt') }),
  );
  const readLog = prepare(
    database,
    db
      .select({ seq: outbox.seq, event: outbox.event })
      .from(outbox)
      .where(gt(outbox.seq, placeholder('after')))
      .orderBy(outbox.seq)
      .limit(placeholder('limit')),
  );
  const removeLetter = prepare(
    database,
    db
      .delete(deadLetter)
      .where(
        and(
          eq(deadLetter.id, placeholder('eventId')),
          eq(deadLetter.consumer, placeholder('consumer')),
          isNull(deadLetter.droppedAt),
        ),
      ),
  );
  return {
    /** Returns whether the message was new. */
    markHandled: (message: Message) => markHandled.run({ ...message }) > 0,
    append: (event: string, createdAt: string): LogEntry => ({
      seq: append.insert({ event, createdAt }),
      event,
    }),
    readLog: (after: number, limit: number) =>
      readLog.all({ after, limit }).map(({ seq, event }) => ({ seq: Number(seq), event: String(event) })),
    /** Returns whether the letter was there. */
    removeLetter: (message: Message) => removeLetter.run({ ...message }) > 0,
  };
}
