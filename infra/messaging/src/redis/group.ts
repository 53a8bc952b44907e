import type { Delivery } from '../transport.ts';
import type { Redis } from './connect.ts';
import { entryOf } from './entry.ts';

export interface Member {
  readonly stream: string;
  readonly group: string;
  readonly consumer: string;
}

const BATCH = 100;

/** A reader asks at least every few seconds; one that has been silent for so long is dead. */
const DEAD_AFTER_MS = 10 * 60 * 1000;

/** Makes the group, at the stream's beginning: events from before it was there are its too. */
export async function ensureGroup(redis: Redis, stream: string, group: string): Promise<void> {
  await redis.xGroupCreate(stream, group, '0', { MKSTREAM: true }).catch((error: Error) => {
    if (!error.message.startsWith('BUSYGROUP')) throw error;
  });
}

/** Claims what has lain unacknowledged for longer than `afterMs`, whoever holds it, and hands it over. */
export async function takeOver(
  redis: Redis,
  { stream, group, consumer }: Member,
  afterMs: number,
  handOver: (batch: Delivery[]) => Promise<void>,
  onTrimmed: (ids: readonly string[]) => void,
): Promise<void> {
  let start = '0-0';
  do {
    const claimed = await redis.xAutoClaim(stream, group, consumer, afterMs, start, { COUNT: BATCH });
    if (claimed.deletedMessages.length > 0) onTrimmed(claimed.deletedMessages);
    const messages = claimed.messages.filter((message) => message !== null);
    const [first] = messages;
    const last = messages.at(-1);
    if (first && last) {
      const pending = await redis.xPendingRange(stream, group, first.id, last.id, BATCH, { consumer });
      const deliveries = new Map(pending.map((entry) => [entry.id, entry.deliveriesCounter]));
      await handOver(
        messages.map((message) => ({ ...entryOf(message), deliveries: deliveries.get(message.id) ?? 1 })),
      );
    }
    start = claimed.nextId;
  } while (start !== '0-0');
}

export async function removeDeadConsumers(redis: Redis, { stream, group, consumer }: Member): Promise<void> {
  for (const { name, pending, idle } of await redis.xInfoConsumers(stream, group)) {
    if (name !== consumer && pending === 0 && idle > DEAD_AFTER_MS) {
      await redis.xGroupDelConsumer(stream, group, name);
    }
  }
}
