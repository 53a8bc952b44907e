import { getTableColumns, getTableName, type Table } from 'drizzle-orm';

// What drizzle takes and a database, or the SQL of the store, refuses much later. Words of SQL (`order`, `user`) are
// quoted, and so are free.

/** Tables that one of the databases has, and those by which statements call others: they would hide each other. */
const TAKEN_TABLE = /^(excluded|wanted|json_each|(pg|sqlite)_.*)$/i;

/** Columns that each table of PostgreSQL has. */
const TAKEN_COLUMN = /^(ctid|tableoid|[cx](min|max))$/;

/** Throws for a table that cannot be stored, with what to change. */
export function checkTable(table: Table): void {
  const name = getTableName(table);
  const columns = Object.values(getTableColumns(table));
  if (!/^[a-z]\w*$/i.test(name)) {
    throw new Error(`"${name}" is no name for a table: use letters, digits and _, and begin with a letter.`);
  }
  if (TAKEN_TABLE.test(name)) throw new Error(`The name ${name} is taken by the database: rename the table.`);
  const taken = columns.find((column) => TAKEN_COLUMN.test(column.name));
  if (taken) throw new Error(`The name ${name}.${taken.name} is taken by PostgreSQL: rename the column.`);
  if (columns.findLastIndex(({ primary }) => primary) !== 0) {
    throw new Error(`The first column of the table ${name}, and no other, must be a key().`);
  }
}
