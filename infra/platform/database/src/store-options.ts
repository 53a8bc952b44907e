import type { OnCommit } from './commit-report.ts';
import type { Encode } from './decide.ts';
import type { State, Tables } from './store.ts';

/** What a store needs beside its database. */
export interface StoreOptions<S extends State> {
  readonly tables: Tables<S>;
  readonly encode: Encode;
  readonly now: () => Date;
  /** For a service whose callers wait for no commit: how long work may wait for more of it to share one. */
  readonly commitDelayMs?: number;
  readonly onCommit?: OnCommit | undefined;
}
