import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is wrong with the tables, the migrations or the command line, for the terminal. */
export class MigrationError extends Error {}

/** What drizzle-kit notes of a column; the default is an SQL literal. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly primaryKey: boolean;
  readonly default?: string | number | boolean;
  /** PostgreSQL: the database gives the values. */
  readonly identity?: object | undefined;
}

export interface TableShape {
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  readonly compositePrimaryKeys: Readonly<Record<string, unknown>>;
}

/** The tables after a migration, by their names, in PostgreSQL with the schema before them. */
export interface Snapshot {
  readonly id: string;
  readonly version: string;
  readonly dialect: string;
  readonly tables: Readonly<Record<string, TableShape>>;
}

export interface Migration<S extends Snapshot = Snapshot> {
  /** The name of its file, without the ending. */
  readonly tag: string;
  readonly sql: string;
  /** In ms since 1970. */
  readonly when: number;
  readonly before: S;
  readonly after: S;
}

export type NewMigration = Omit<Migration, 'when'>;

export interface Journal {
  readonly version: string;
  readonly dialect: string;
  readonly entries: readonly { readonly tag: string; readonly when: number }[];
}

/** The version of drizzle-kit's journal. */
const JOURNAL = '7';

export const journalOf = (folder: string) => join(folder, 'meta/_journal.json');
const snapshotOf = (folder: string, tag: string) => join(folder, 'meta', `${tag.slice(0, 4)}_snapshot.json`);

/**
 * The migrations in a folder of one database, in order, as drizzle-kit's journal lists them.
 * @throws MigrationError naming a file that the journal lists and that is not there
 */
export function readChain<S extends Snapshot>(folder: string, nothing: S): Migration<S>[] {
  let before = nothing;
  return (readJournal(folder)?.entries ?? []).map(({ tag, when }) => {
    const after: S = JSON.parse(readListed(snapshotOf(folder, tag)));
    const migration = { tag, sql: readListed(join(folder, `${tag}.sql`)), when, before, after };
    before = after;
    return migration;
  });
}

/** Appends a migration to the chain in a folder, as drizzle-kit does; what is there stays as it is. Returns its SQL file. */
export function append(folder: string, { tag, sql, after }: NewMigration, now: Date): string {
  mkdirSync(join(folder, 'meta'), { recursive: true });
  const journal = readJournal(folder) ?? { version: JOURNAL, dialect: after.dialect, entries: [] };
  const { version } = after;
  // A migration that is not later than the last one applied is taken for applied.
  const when = Math.max(now.getTime(), (journal.entries.at(-1)?.when ?? 0) + 1);
  const entry = { idx: journal.entries.length, version, when, tag, breakpoints: true };
  const grown = { ...journal, entries: [...journal.entries, entry] };
  writeFileSync(journalOf(folder), JSON.stringify(grown, null, 2));
  writeFileSync(snapshotOf(folder, tag), JSON.stringify(after, null, 2));
  const file = join(folder, `${tag}.sql`);
  writeFileSync(file, sql);
  return file;
}

/** The list of a chain's migrations; undefined when there is none. */
export function readJournal(folder: string): Journal | undefined {
  const file = journalOf(folder);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

function readListed(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8');
  throw new MigrationError(
    `${file} is missing, and meta/_journal.json lists it: restore it. To make the migration again, see infra/platform/database/README.md.`,
  );
}
