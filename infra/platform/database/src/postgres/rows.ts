import { getTableColumns } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/pg-core';
import { fieldOf, identifier, keyOf, postgresOf, selection, type Table } from '../table.ts';
import { type Statement, statement } from './statement.ts';

/** What transactions run for one table; rows go as one array for each column, so that the text is always the same. */
export interface RowStatements {
  /** The rows of the keys $1, locked. */
  readonly lock: Statement;
  /** How many rows of the keys $1 there are. */
  readonly count: Statement;
  /** Inserts rows; fails where there is one of the same key. */
  readonly insert: Statement;
  /** Inserts rows, or replaces those of the same key. */
  readonly put: Statement;
  /** Inserts rows, or adds their numbers to those of the rows of the same keys. */
  readonly add: Statement;
  keyOf(row: object): string;
  /** The values for `insert`, `put` and `add`, in the order of the keys, which all transactions keep. */
  valuesOf(rows: readonly object[]): unknown[][];
  /** Throws for a row that the table would refuse, so that its batch need not be sent to find out. */
  check(row: object): void;
}

export function rowStatements(table: Table): RowStatements {
  const { name } = getTableConfig(postgresOf(table));
  const into = identifier(name);
  const entries = Object.entries(getTableColumns(table));
  const key = identifier(keyOf(table).name);
  const keyProperty = entries[0]?.[0] ?? '';
  const types = getTableConfig(postgresOf(table)).columns.map(({ dataType }) =>
    dataType === 'number' ? 'bigint' : 'text',
  );
  const columns = entries.map(([, column]) => identifier(column.name));
  const insert = `insert into ${into} (${columns.join(', ')})
    select * from unnest(${types.map((type, index) => `$${index + 1}::${type}[]`).join(', ')})`;
  const others = columns.slice(1).map((column) => `${column} = excluded.${column}`);
  const sums = columns
    .slice(1)
    .map((column, index) =>
      types[index + 1] === 'bigint' ? `${column} = ${into}.${column} + excluded.${column}` : others[index],
    );
  const putOr = (set: typeof sums) =>
    statement(
      `${insert} on conflict (${key}) do ${set.length > 0 ? `update set ${set.join(', ')}` : 'nothing'}`,
    );
  const ofKeys = `from ${into} where ${key} = any($1::text[])`;

  const keyOfRow = (row: object) => String(fieldOf(row, keyProperty));

  return {
    lock: statement(`select ${selection(table)} ${ofKeys} order by ${key} for update`),
    count: statement(`select count(*) as total ${ofKeys}`),
    insert: statement(insert),
    put: putOr(others),
    add: putOr(sums),
    keyOf: keyOfRow,
    valuesOf: (rows) => {
      const sorted = rows.toSorted((a, b) => (keyOfRow(a) < keyOfRow(b) ? -1 : 1));
      return entries.map(([property]) => sorted.map((row) => fieldOf(row, property)));
    },
    check: (row) => {
      for (const [property, column] of entries) {
        const value = fieldOf(row, property);
        if (value === undefined || (value === null && column.notNull)) {
          throw new Error(`A row of ${name} lacks its ${property}.`);
        }
      }
    },
  };
}
