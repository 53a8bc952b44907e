import { pause, runForever } from '../retry.ts';
import type { Deliver, Delivery, Running } from '../transport.ts';
import { type ConnectOptions, connect, isMissing } from './connect.ts';
import { entriesOf } from './entry.ts';
import { abandoned, ensureGroup, type Member, removeDead, removeIfEmpty } from './group.ts';

const BATCH = 200;
const BLOCK_MS = 2000;

/** How long closing waits for a Redis that does not answer. */
const CLOSE_WITHIN_MS = 2000;

export interface GroupReaderOptions extends ConnectOptions, Member {
  /** An entry that nobody acknowledged for so long is taken from whoever holds it. */
  readonly takeOverAfterMs: number;
  readonly deliver: Deliver;
}

/** Reads a stream as one member of a group, and takes over what members that died have left. */
export function startGroupReader(options: GroupReaderOptions): Running {
  const { stream, group, consumer, takeOverAfterMs, deliver, logger } = options;
  const member = { stream, group, consumer };
  const closing = new AbortController();
  // A blocked read holds up all else on its connection.
  const blocking = connect(options);
  const other = connect(options);
  const inHand = new Set<number>();
  let hasHeadway = true;
  let isBlocked = false;

  function acknowledge(seqs: readonly number[]): void {
    hasHeadway = true;
    for (const seq of seqs) inHand.delete(seq);
    const ids = seqs.map((seq) => `${seq}-0`);
    // Between two reads it goes out together with the next one: one packet less for each batch.
    const connection = isBlocked || closing.signal.aborted ? other : blocking;
    connection
      .run((redis) => redis.xAck(stream, group, ids))
      .catch((error: unknown) => {
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
    isBlocked = true;
    const reply = await blocking
      .run((redis) =>
        redis.xReadGroup(group, consumer, { key: stream, id: '>' }, { COUNT: BATCH, BLOCK: BLOCK_MS }),
      )
      .finally(() => {
        isBlocked = false;
      });
    await handOver(entriesOf(reply).map((entry) => ({ ...entry, deliveries: 1 })));
  }

  async function takeOver(): Promise<void> {
    await pause(takeOverAfterMs / 2, closing.signal);
    // Who is stuck (its database is away, say) would only count up the deliveries of what it takes.
    if (closing.signal.aborted || (inHand.size > 0 && !hasHeadway)) return;
    hasHeadway = false;
    const trimmed = (ids: readonly string[]) =>
      logger.error({ stream, ids }, 'entries were trimmed before this group handled them');
    for await (const delivery of abandoned(other, member, takeOverAfterMs, trimmed)) {
      await handOver([delivery]);
      if (closing.signal.aborted) return;
    }
    await other.run((redis) => removeDead(redis, member, takeOverAfterMs));
  }

  /** Makes the group first where that is what was missing. */
  const withGroup = (doing: () => Promise<void>) => () =>
    doing().catch(async (error: unknown) => {
      if (!isMissing(error)) throw error;
      await other.run((redis) => ensureGroup(redis, member));
    });

  const failed = (error: unknown) => {
    if (other.isReady) logger.warn({ stream, err: error }, 'reading failed; it is tried again');
  };
  const running = Promise.all([
    runForever(withGroup(readNext), closing.signal, failed),
    runForever(withGroup(takeOver), closing.signal, failed),
  ]);
  return {
    close: async () => {
      closing.abort();
      blocking.disconnect();
      const deadline = setTimeout(() => other.disconnect(), CLOSE_WITHIN_MS);
      await running;
      // A name without entries would only be one more to look at. Its answer comes after those to acknowledgements.
      await other.run((redis) => removeIfEmpty(redis, member)).catch(() => undefined);
      clearTimeout(deadline);
      other.disconnect();
    },
  };
}
