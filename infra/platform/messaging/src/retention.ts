import type { State, Store } from '@airline/database';
import type { PublishOptions, Transport } from './transport.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Retention of outbox rows, from which a lost stream is filled again; of inbox rows longer, to know what then comes twice. */
const OUTBOX_RETENTION_MS = 7 * DAY_MS;
const INBOX_RETENTION_MS = 14 * DAY_MS;
/** Retention of dropped letters, so that what was dropped, by whom and why can be looked up. */
const DROPPED_RETENTION_MS = 30 * DAY_MS;

/** Deletes rows that are past their retention, but no outbox row that a consumer group has yet to get. */
export async function applyRetention<S extends State>(
  store: Store<S>,
  transport: Pick<Transport, 'trimmableUpTo'>,
  publish: PublishOptions,
  now: Date,
): Promise<void> {
  const trimmable = await transport.trimmableUpTo(publish);
  const old = await store.log.lastBefore(new Date(now.getTime() - OUTBOX_RETENTION_MS));
  const ago = (ms: number) => new Date(now.getTime() - ms);
  await store.deleteExpired({
    outbox: Math.min(trimmable, old),
    inbox: ago(INBOX_RETENTION_MS),
    droppedLetters: ago(DROPPED_RETENTION_MS),
  });
}
