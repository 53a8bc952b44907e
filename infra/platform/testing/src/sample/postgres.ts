import {
  createPostgresStore,
  openPostgres,
  type Postgres,
  type PostgresOptions,
  type Store,
} from '@airline/database';
import { createEncoder } from '@airline/messaging';
import { idAt, migrations, type SampleOptions } from './store.ts';
import { type SampleState, tables } from './tables.ts';

export type PostgresSampleOptions = Omit<PostgresOptions, 'migrations'> & Omit<SampleOptions, 'file'>;

export interface PostgresSample extends AsyncDisposable {
  readonly store: Store<SampleState>;
  readonly database: Postgres;
}

/** The sample service's store on PostgreSQL, which is closed when disposed of. */
export async function openPostgresSample(options: PostgresSampleOptions): Promise<PostgresSample> {
  const { service = 'flight', now = () => new Date(), commitDelayMs, onCommit, ...rest } = options;
  const database = await openPostgres({ ...rest, migrations });
  const encode = createEncoder({ source: service, newId: () => idAt(now()), now });
  const store = createPostgresStore<SampleState>({
    database,
    tables,
    encode,
    now,
    onCommit,
    ...(commitDelayMs !== undefined && { commitDelayMs }),
  });
  return { store, database, [Symbol.asyncDispose]: () => store.close() };
}
