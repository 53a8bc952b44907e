import type { OnCommit, Reaction, State, Store } from '@airline/database';
import type { Telemetry } from '@airline/observability';
import type { DomainEvent } from '@airline/schema/events';

/** Tells of transactions: their time, how many decisions share them, and a span for those that are traced. */
export function commitTelemetry({ metrics, tracing }: Telemetry): OnCommit {
  return ({ decisions, attempts, begunAt, endedAt, traceparents, failure }) => {
    const outcome = failure === undefined ? 'committed' : 'failed';
    metrics.observe('store_commit_duration_seconds', (endedAt - begunAt) / 1000, { outcome });
    metrics.observe('store_commit_decisions', decisions);
    if (attempts > 1) metrics.add('store_commit_retries_total', attempts - 1);
    if (!tracing.isOn) return;
    const attributes = { 'airline.decisions': decisions, 'airline.attempts': attempts };
    tracing.record('commit', { begunAt, endedAt, joins: traceparents, attributes, failure });
  };
}

/** The same store, which tells each event of a decision once that is committed. */
export function tellingPublished<S extends State>(
  store: Store<S>,
  tell: (event: DomainEvent) => void,
): Store<S> {
  /** Decisions are made again when their batch failed: only what the last one says counts. */
  function watched<R extends Reaction<S>>(reaction: R) {
    let published: readonly DomainEvent[] = [];
    const decide = ((found) => {
      const decision = reaction.decide(found);
      published = decision.publish ?? [];
      return decision;
    }) as R['decide'];
    return {
      reaction: { ...reaction, decide },
      tellAll: () => {
        for (const event of published) tell(event);
      },
    };
  }

  return {
    ...store,
    transact: async (command) => {
      const { reaction, tellAll } = watched(command);
      const result = await store.transact(reaction);
      tellAll();
      return result;
    },
    handle: async (message, given) => {
      const { reaction, tellAll } = watched(given);
      const isNew = await store.handle(message, reaction);
      if (isNew) tellAll();
      return isNew;
    },
    replay: async (message, given) => {
      const { reaction, tellAll } = watched(given);
      const isThere = await store.replay(message, reaction);
      if (isThere) tellAll();
      return isThere;
    },
  };
}
