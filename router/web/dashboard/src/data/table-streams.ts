import type { Value } from '../../../value.ts';
import type { TypedDocumentString } from '../generated/graphql.ts';
import type { Connection } from './connection.ts';
import type { Loaders } from './loaders.ts';
import { type Stream, type Subscribe, startStream } from './stream.ts';
import type { Table } from './table.ts';

interface TableStreamsOptions {
  readonly subscribe: Subscribe;
  readonly connection: Value<Connection>;
  readonly store: { touch(): void };
  readonly later: (run: () => void, ms: number) => void;
  readonly loaders: Loaders;
  /** Called when a stream begins without a cursor. */
  readonly begun: () => void;
}

/** A subscription without a cursor is known to be active only with its first event; by the first of these times it usually is. */
const CONFIRM_MS = [2_000, 10_000, 30_000];
const LONGEST_WAIT_MS = 10_000;

/** Starts streams whose rows go into tables; what they do not push is loaded. */
export function tableStreams({ subscribe, connection, store, later, loaders, begun }: TableStreamsOptions) {
  return function start<Data, Row extends object>(
    document: TypedDocumentString<Data, Record<string, never>>,
    table: Table<Row>,
    pushed: (data: Data) => void,
  ): Stream {
    let beginnings = 0;
    const request = () => {
      for (const loader of loaders.of(table)) loader.request();
    };
    return startStream<Data>({
      subscribe,
      query: document.toString(),
      isConnected: () => connection.get().state === 'connected',
      pushed: (data) => {
        pushed(data);
        store.touch();
        for (const loader of loaders.of(table)) loader.retry();
      },
      begun: () => {
        beginnings += 1;
        const beginning = beginnings;
        begun();
        request();
        for (const ms of CONFIRM_MS)
          later(() => {
            if (beginning === beginnings) request();
          }, ms);
      },
      confirmed: () => {
        beginnings += 1;
        request();
      },
      retry: (again, failures) => later(again, Math.min(LONGEST_WAIT_MS, 500 * 2 ** failures)),
    });
  };
}
