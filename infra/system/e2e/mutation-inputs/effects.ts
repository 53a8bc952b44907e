import { join } from 'node:path';
import { loadSubgraph } from '@airline/local/subgraphs';
import { decode } from '@airline/messaging';
import type { EventType } from '@airline/schema/events';
import { serve } from '@airline/testing/serve';
import Database from 'better-sqlite3';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { AT, rowsOf } from '../ownership/world.ts';
import { type Mutation, WORLD } from './mutations.ts';

type Fields = Readonly<Record<string, unknown>>;

export interface Effect {
  readonly response: { readonly data?: unknown; readonly errors?: readonly Refusal[] };
  /** Of rows that were written, what has changed; and the data of events. */
  readonly rows: readonly Fields[];
  /** What was there before of rows that were changed. */
  readonly held: readonly Fields[];
  readonly published: readonly Fields[];
  readonly types: readonly EventType[];
}

interface Refusal {
  readonly extensions?: { readonly code?: string; readonly field?: string };
}

/** Sends the mutation with each of the variables to one service of its own; what has come of it then. */
export async function effectsOf(
  { service, text }: Mutation,
  commands: readonly Fields[],
  headers: Readonly<Record<string, string>> = {},
): Promise<Effect[]> {
  const subgraph = await loadSubgraph(service);
  await using server = await serve(subgraph, { rows: rowsOf(service, WORLD), now: () => new Date(AT) });
  using database = closing(new Database(join(server.folder, `${service}.sqlite`), { readonly: true }));
  const read = () =>
    new Map(
      Object.entries(subgraph.tables).flatMap(([table, described]) => {
        const columns = Object.entries(getTableColumns(described));
        const list = columns.map(([name, column]) => `"${column.name}" as "${name}"`);
        const rows = database.prepare<[], Fields>(`select ${list} from "${getTableName(described)}"`).all();
        return rows.map((row): [string, Fields] => [`${table} ${Object.values(row)[0]}`, row]);
      }),
    );
  const before = read();
  const effects: Effect[] = [];
  for (const variables of commands) {
    const response = await server.ask(text, variables, headers);
    const outbox = database.prepare<[], { event: string }>('select event from outbox order by rowid').all();
    const events = outbox.map(({ event }) => decode(event));
    const written = [...read()]
      .map(([key, row]) => ({ held: before.get(key), row: changed(before.get(key), row) }))
      .filter(({ row }) => !isEmpty(row));
    effects.push({
      response,
      rows: written.map(({ row }) => row),
      held: written.map(({ held }) => held).filter((held) => held !== undefined),
      published: events.map(({ data }) => data),
      types: events.map(({ type }) => type),
    });
  }
  return effects;
}

const changed = (before: Fields = {}, row: Fields): Fields =>
  Object.fromEntries(Object.entries(row).filter(([name, value]) => before[name] !== value));
const isEmpty = (row: Fields) => Object.keys(row).length === 0;

const closing = (database: Database.Database) =>
  Object.assign(database, { [Symbol.dispose]: () => void database.close() });
