import type { State, Store } from '@airline/database';
import type { PublishOptions, Transport } from './transport.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Outbox rows are kept so long, to fill a stream again; inbox rows longer, to know what then comes twice. */
const KEEP_OUTBOX_MS = 7 * DAY_MS;
const KEEP_INBOX_MS = 14 * DAY_MS;

/** Forgets what is old, but nothing that a listener has yet to get. */
export async function forgetOld<S extends State>(
  store: Store<S>,
  transport: Pick<Transport, 'passed'>,
  publish: PublishOptions,
  now: Date,
): Promise<void> {
  const passed = await transport.passed(publish);
  const old = await store.log.lastBefore(new Date(now.getTime() - KEEP_OUTBOX_MS));
  await store.forget({ outbox: Math.min(passed, old), inbox: new Date(now.getTime() - KEEP_INBOX_MS) });
}
