import type { State, Store } from '@airline/database';
import { Health } from '../http/health.ts';
import type { Runtime } from './runtime.ts';
import { transportCheck } from './transport-check.ts';

export interface SubgraphHealthOptions<S extends State> {
  readonly runtime: Pick<Runtime, 'logger' | 'transport' | 'now'>;
  readonly store: Store<S>;
  /** Why events are not handled; undefined while they are. */
  readonly fault: () => string | undefined;
}

/**
 * The health of a subgraph: it is ready while its database is available and events are handled. Readiness also reports whether
 * the transport is available.
 */
export function subgraphHealth<S extends State>({ runtime, store, fault }: SubgraphHealthOptions<S>): Health {
  const { logger, transport, now } = runtime;
  const health = new Health({ logger });
  const check = async () => {
    await store.ping();
    return { ok: true };
  };
  health.register({ name: 'database', kind: 'required', check });
  const handles = () => {
    const detail = fault();
    return detail === undefined ? { ok: true } : { ok: false, detail };
  };
  health.register({ name: 'events', kind: 'required', check: handles });
  health.register(transportCheck({ transport, log: store.log, now }));
  return health;
}
