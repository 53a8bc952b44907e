import type { Logger } from '@airline/observability';
import { pause } from '../retry.ts';
import type { Deliver, Delivery, Running } from '../transport.ts';
import { connect, isMissing } from './connect.ts';
import { entriesOf } from './entry.ts';
import { ensureGroup, removeDeadConsumers, takeOver } from './group.ts';

const BATCH = 200;
const BLOCK_MS = 2000;
const RETRY_MS = 200;

export interface GroupReaderOptions {
  readonly url: string;
  readonly stream: string;
  readonly group: string;
  /** This process's name in the group. */
  readonly consumer: string;
  /** An entry that nobody acknowledged for so long is taken from whoever holds it. */
  readonly takeOverAfterMs: number;
  readonly deliver: Deliver;
  readonly logger: Logger;
}

/** Reads a stream as one member of a group, and takes over what members that died have left. */
export function startGroupReader(options: GroupReaderOptions): Running {
  const { url, stream, group, consumer, takeOverAfterMs, deliver, logger } = options;
  const closing = new AbortController();
  // A blocked read holds up all else on its connection.
  const blocking = connect(url, logger);
  const redis = connect(url, logger);
  const inHand = new Set<number>();
  let hasHeadway = true;

  function acknowledge(seqs: readonly number[]): void {
    hasHeadway = true;
    for (const seq of seqs) inHand.delete(seq);
    redis.xAck(stream, group, seqs.map((seq) => `${seq}-0`)).catch((error: unknown) => {
      // They will be taken over and found in the inbox.
      if (!closing.signal.aborted) logger.debug({ err: error }, 'acknowledgement was lost');
    });
  }

  async function handOver(batch: readonly Delivery[]): Promise<void> {
    const fresh = batch.filter(({ seq }) => !inHand.has(seq));
    for (const { seq } of fresh) inHand.add(seq);
    if (fresh.length > 0) await deliver(fresh, acknowledge);
  }

  async function readNext(): Promise<void> {
    const reply = await blocking.xReadGroup(
      group,
      consumer,
      { key: stream, id: '>' },
      { COUNT: BATCH, BLOCK: BLOCK_MS },
    );
    await handOver(entriesOf(reply).map((entry) => ({ ...entry, deliveries: 1 })));
  }

  /** Does something until closed, whatever fails. */
  async function keep(doing: () => Promise<void>): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await doing();
      } catch (error) {
        if (closing.signal.aborted) return;
        if (isMissing(error)) await ensureGroup(redis, stream, group).catch(() => undefined);
        else if (redis.isReady) logger.warn({ stream, err: error }, 'reading failed; it is tried again');
        await pause(RETRY_MS, closing.signal);
      }
    }
  }

  async function sweep(): Promise<void> {
    await pause(takeOverAfterMs / 2, closing.signal);
    // Who is stuck (its database is away, say) would only count up the deliveries of what it takes.
    if (closing.signal.aborted || (inHand.size > 0 && !hasHeadway)) return;
    hasHeadway = false;
    const member = { stream, group, consumer };
    await takeOver(redis, member, takeOverAfterMs, handOver, (trimmed) =>
      logger.error({ stream, trimmed }, 'entries were trimmed before this group handled them'),
    );
    await removeDeadConsumers(redis, member);
  }

  const running = Promise.all([keep(readNext), keep(sweep)]);
  return {
    close: async () => {
      closing.abort();
      blocking.destroy();
      await running;
      // A name without entries would only be one more to look at.
      const { pending } = await redis.xPending(stream, group).catch(() => ({ pending: 1 }));
      if (pending === 0) await redis.xGroupDelConsumer(stream, group, consumer).catch(() => 0);
      await redis.close().catch(() => redis.destroy());
    },
  };
}
