import type { Column, NewMigration, TableShape } from './chain.ts';

type Change = Pick<NewMigration, 'before' | 'after'>;

// What a migration does to a database that has rows. drizzle-kit writes it all without a word.

export interface Hazards {
  /** What is lost or rewritten, or what earlier releases rely on: done only when it is declared. */
  readonly losses: readonly string[];
  /** What fails wherever there are rows, and what to do instead. */
  readonly failures: readonly string[];
}

/** The hazards of the way from one state of the tables to the next. */
export function hazardsOf({ before, after }: Change): Hazards {
  const pairs = Object.entries(before.tables).map(([name, table]) => ({ table, next: after.tables[name] }));
  return {
    losses: pairs.flatMap(({ table, next }) => lossesOf(table, next)),
    failures: pairs.flatMap(({ table, next }) => (next ? failuresOf(table, next) : [])),
  };
}

function lossesOf(table: TableShape, next: TableShape | undefined): string[] {
  if (!next) return [`drops the table ${table.name} with its rows`];
  const columns = Object.values(table.columns).flatMap((column) => {
    const changed = next.columns[column.name];
    const name = `${table.name}.${column.name}`;
    if (!changed) return `drops the column ${name} with its values`;
    const isOther =
      changed.default !== undefined && column.default !== undefined && changed.default !== column.default;
    const isBare = changed.notNull && changed.default === undefined && column.default !== undefined;
    return [
      changed.type === column.type
        ? []
        : `rewrites the values of ${name} from ${column.type} to ${changed.type}`,
      isBare
        ? `drops the default of ${name}, without which releases from before the column insert no row`
        : [],
      isOther
        ? `changes the default of ${name} from ${column.default} to ${changed.default}, also of what releases from before insert`
        : [],
    ].flat();
  });
  const isSameKey = JSON.stringify(keyOf(table)) === JSON.stringify(keyOf(next));
  return isSameKey ? columns : [...columns, `changes the primary key of ${table.name}`];
}

const keyOf = ({ columns, compositePrimaryKeys }: TableShape) => [
  Object.values(columns)
    .filter(({ primaryKey }) => primaryKey)
    .map(({ name }) => name),
  compositePrimaryKeys,
];

const failuresOf = (table: TableShape, next: TableShape): string[] =>
  requiredColumns(table, next)
    .filter((column) => column.default === undefined && !column.identity)
    .map(
      (column) =>
        `${table.name}.${column.name} is NOT NULL without a default, which fails on a table that has rows: ` +
        'give it one, such as text({ default: "…" }) or int({ default: 0 }), or make it optionalText()',
    );

/** Columns for which rows that are there may lack a value. */
const requiredColumns = (table: TableShape, next: TableShape): Column[] =>
  Object.values(next.columns).filter(({ name, notNull }) => notNull && !table.columns[name]?.notNull);

/** Columns that were optional and are no longer, by the names of their tables. */
export const tightenedColumns = ({ before, after }: Change): { table: string; column: Column }[] =>
  Object.entries(before.tables).flatMap(([key, table]) => {
    const next = after.tables[key];
    if (!next) return [];
    return requiredColumns(table, next)
      .filter(({ name }) => table.columns[name])
      .map((column) => ({ table: table.name, column }));
  });

/** Tables whose columns are both added and dropped, or all of them: either might be a rename, which drizzle-kit asks about. */
export function ambiguitiesOf({ before, after }: Change): string[] {
  const isBoth = (old: object, next: object) =>
    Object.keys(old).some((name) => !(name in next)) && Object.keys(next).some((name) => !(name in old));
  const columns = Object.entries(before.tables)
    .filter(([name, { columns }]) => isBoth(columns, after.tables[name]?.columns ?? {}))
    .map(([, { name }]) => `columns of ${name}`);
  return isBoth(before.tables, after.tables) ? ['tables', ...columns] : columns;
}

const DECLARED = '-- destructive: ';

/** The lines at the head of a migration by which its author declares what is lost. */
export const declared = (losses: readonly string[]) => losses.map((loss) => `${DECLARED}${loss}\n`).join('');

/** Whether a migration declares that it rewrites the values of a column, named as `table.column`. */
export const declaresRewrite = (sql: string, column: string): boolean =>
  sql.includes(`${DECLARED}rewrites the values of ${column} `);

/** Whether a migration declares that it loses values of a table or a column, by its name. */
export const declaresLossOf = (sql: string, name: string): boolean =>
  new RegExp(`^${DECLARED}.*(?<![\\w.])${name}(?!\\w)`, 'm').test(sql);

/** What a migration loses and does not declare. */
export function undeclaredLosses(migration: NewMigration): string[] {
  const lines = new Set(migration.sql.split('\n'));
  return hazardsOf(migration).losses.filter((loss) => !lines.has(`${DECLARED}${loss}`));
}
