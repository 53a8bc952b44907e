import type { OnCommit, Reaction, State, Store } from '@airline/database';
import type { Telemetry } from '@airline/observability';
import type { DomainEvent } from '@airline/schema/events';

/** Records transactions: their duration, their number of decisions, and a span for those that are traced. */
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

/** The same store, which reports each event of a decision once it is committed. */
export function observePublished<S extends State>(
  store: Store<S>,
  report: (event: DomainEvent) => void,
): Store<S> {
  /** Decisions are retried when their batch fails: only the last one's events count. */
  function observed<R extends Reaction<S>>(reaction: R) {
    let published: readonly DomainEvent[] = [];
    // `R` may narrow the type of `decide`, which this one passes through.
    const decide = ((found) => {
      const decision = reaction.decide(found);
      published = decision.publish ?? [];
      return decision;
    }) as R['decide'];
    return {
      reaction: { ...reaction, decide },
      reportAll: () => {
        for (const event of published) report(event);
      },
    };
  }

  return {
    ...store,
    transact: async (command) => {
      const { reaction, reportAll } = observed(command);
      const result = await store.transact(reaction);
      reportAll();
      return result;
    },
    handle: async (message, given) => {
      const { reaction, reportAll } = observed(given);
      const isNew = await store.handle(message, reaction);
      if (isNew) reportAll();
      return isNew;
    },
    replay: async (message, given) => {
      const { reaction, reportAll } = observed(given);
      const isFound = await store.replay(message, reaction);
      if (isFound) reportAll();
      return isFound;
    },
  };
}
