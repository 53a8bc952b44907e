import {
  createPostgresStore,
  openPostgres,
  type Postgres,
  type PostgresOptions,
  type Store,
} from '@airline/database';
import { migrations, type SampleOptions, storeOptions } from './store.ts';
import type { SampleState } from './tables.ts';

export type PostgresSampleOptions = Omit<PostgresOptions, 'migrations' | 'service'> &
  Omit<SampleOptions, 'file'>;

export interface PostgresSample extends AsyncDisposable {
  readonly store: Store<SampleState>;
  readonly database: Postgres;
}

/** The sample service's store on PostgreSQL, which is closed when disposed of. */
export async function openPostgresSample(options: PostgresSampleOptions): Promise<PostgresSample> {
  const { service = 'flight', now, commitDelayMs, onCommit, ...rest } = options;
  const database = await openPostgres({ ...rest, service, migrations });
  const store = createPostgresStore<SampleState>({ database, ...storeOptions(options) });
  return { store, database, [Symbol.asyncDispose]: () => store.close() };
}
