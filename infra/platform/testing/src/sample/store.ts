import { fileURLToPath } from 'node:url';
import { createSqliteStore, type OnCommit, openSqlite, type Sqlite, type Store } from '@airline/database';
import { createEncoder } from '@airline/messaging';
import type { Service } from '@airline/schema/events';
import { type SampleState, tables } from './tables.ts';

export const migrations = fileURLToPath(new URL('./migrations', import.meta.url));

export interface SampleOptions {
  /** A path; default in memory. */
  readonly file?: string;
  /** The source of its events; default `flight`. */
  readonly service?: Service;
  readonly now?: () => Date;
  readonly onStatement?: (text: string) => void;
  /** How long a commit waits for more decisions to share it. */
  readonly commitDelayMs?: number;
  readonly onCommit?: OnCommit;
}

export interface Sample extends AsyncDisposable {
  readonly store: Store<SampleState>;
  readonly database: Sqlite;
}

/** The sample service's store on SQLite, which is closed when disposed of. */
export function openSample(options: SampleOptions = {}): Sample {
  const { file = ':memory:', onStatement } = options;
  const database = openSqlite({ file, migrations, ...(onStatement && { onStatement }) });
  const store = createSqliteStore<SampleState>({ database, ...storeOptions(options) });
  return { store, database, [Symbol.asyncDispose]: () => store.close() };
}

/** The options of the sample service's store, on either database. */
export function storeOptions(options: SampleOptions) {
  const { service = 'flight', now = () => new Date(), commitDelayMs, onCommit } = options;
  const encode = createEncoder({ source: service, newId: () => idAt(now()), now });
  return { tables, encode, now, onCommit, ...(commitDelayMs !== undefined && { commitDelayMs }) };
}

let ids = 0;

/** A UUIDv7 of an instant; no two are the same within a process. */
export function idAt(instant: Date): string {
  ids += 1;
  const hex = instant.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${ids.toString(16).padStart(12, '0')}`;
}
