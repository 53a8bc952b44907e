import type { State, Store } from '@airline/database';
import type { Metrics, SetValue } from '@airline/observability';
import { outboxStatus } from './status.ts';
import type { GroupStatus, Publishing, PublishOptions } from './transport.ts';

export interface StreamStatusOptions<S extends State> {
  readonly metrics: Metrics;
  readonly publish: PublishOptions;
  readonly publishing: Publishing;
  readonly store: Store<S>;
  readonly now: () => Date;
}

/** Records at each scrape the status of a service's outbox, stream, groups and dead letters. Returns how to stop it. */
export function recordStreamStatus<S extends State>(options: StreamStatusOptions<S>): () => void {
  const { metrics, publish, publishing, store, now } = options;
  const { stream, log } = publish;

  /** In seconds, of the first entry above a number. */
  const ageAbove = async (seq: number) => (await log.age(seq, now())) / 1000;

  async function recordOutbox(set: SetValue): Promise<void> {
    const outbox = await outboxStatus(publishing, log, now());
    if (outbox === undefined) return;
    set('outbox_unpublished_events', outbox.waiting, { stream });
    set('outbox_oldest_unpublished_age_seconds', (outbox.oldestMs ?? 0) / 1000, { stream });
  }

  async function recordGroup(set: SetValue, status: GroupStatus, end: number): Promise<void> {
    const { group, delivered, lag = Math.max(0, end - delivered), pending, oldestPending } = status;
    set('group_lag_events', lag, { stream, group });
    set('group_pending_events', pending, { stream, group });
    const undelivered = end > delivered ? await ageAbove(delivered) : 0;
    set('group_oldest_undelivered_age_seconds', undelivered, { stream, group });
    const unacknowledged = oldestPending === undefined ? 0 : await ageAbove(oldestPending - 1);
    set('group_oldest_pending_age_seconds', unacknowledged, { stream, group });
  }

  const stopOutbox = metrics.onScrape(recordOutbox);
  const stopStreams = metrics.onScrape(async (set) => {
    const status = await publishing.status();
    set('stream_length', status.length, { stream });
    await Promise.all(status.groups.map((group) => recordGroup(set, group, status.end)));
  });
  const stopLetters = metrics.onScrape(async (set) => {
    set('dead_letters', await store.deadLetters.count());
  });
  return () => {
    stopOutbox();
    stopStreams();
    stopLetters();
  };
}
