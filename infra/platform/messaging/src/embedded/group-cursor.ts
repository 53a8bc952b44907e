import type { EventLog } from '@airline/database';
import type { Delivery, GroupStatus } from '../transport.ts';
import { createLowWaterMark } from './low-water-mark.ts';

const BATCH = 100;

/** The name under which a log stores the position of a group. */
export const positionOf = (group: string) => `embedded:${group}`;

/**
 * A group's position in one publisher's log. In memory it follows what is delivered; stored is the low-water mark, from which
 * a process resumes.
 *
 * The events behind the stored position may be what ended the process before this one. So they are delivered one by one, and
 * the log counts how often each was started, until one is left unacknowledged: counts belong to the stored position.
 */
export function createGroupCursor(group: string) {
  const reader = positionOf(group);
  let mark: ReturnType<typeof createLowWaterMark> | undefined;
  let delivered = 0;
  let stored = 0;
  /** How many further events a process before this one may have had in flight when it died. */
  let suspects = 0;

  async function resume(log: EventLog): Promise<ReturnType<typeof createLowWaterMark>> {
    delivered = await log.position(reader);
    stored = delivered;
    suspects = (await log.read(delivered, BATCH)).length;
    return createLowWaterMark(delivered);
  }

  async function store(log: EventLog, always = false): Promise<void> {
    const position = mark?.seq();
    if (position === undefined || (position <= stored && !always)) return;
    try {
      await log.advance(reader, position);
      stored = position;
    } catch {
      // The next call stores it; until then a crash would only repeat more.
    }
  }

  return {
    /** The next events to deliver; empty at the log's end. */
    async next(log: EventLog): Promise<readonly Delivery[]> {
      mark ??= await resume(log);
      if (stored < delivered) suspects = 0;
      const entries = await log.read(delivered, suspects > 0 ? 1 : BATCH);
      const last = entries.at(-1);
      if (!last) return [];
      const deliveries = suspects > 0 ? await log.start(reader) : 1;
      delivered = last.seq;
      mark.deliver(entries.map(({ seq }) => seq));
      return entries.map((entry) => ({ ...entry, deliveries }));
    },
    /** To be called when what `next` returned was delivered. */
    async deliveryEnded(log: EventLog): Promise<void> {
      if (suspects > 0) await store(log);
      suspects = Math.max(0, suspects - 1);
    },
    acknowledge: (seqs: readonly number[]) => mark?.acknowledge(seqs),
    /** Stores the low-water mark where it has moved; `always` also clears the count of starts. */
    store,
    /** Undefined until the first `next`. */
    status(): GroupStatus | undefined {
      if (!mark) return undefined;
      const { count, oldest } = mark.pending();
      return { group, delivered, pending: count, oldestPending: oldest };
    },
  };
}
