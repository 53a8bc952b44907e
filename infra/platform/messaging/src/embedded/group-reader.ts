import type { EventLog } from '@airline/database';
import { runForever } from '../retry.ts';
import type { Deliver, GroupStatus, Running } from '../transport.ts';
import { createWake } from '../wake.ts';
import { createGroupCursor } from './group-cursor.ts';

/** How long a new position stays in memory: moves that a crash loses are only repeated, and the inbox knows them. */
const STORE_INTERVAL_MS = 200;

export interface GroupReader extends Running {
  wake(): void;
  /** The publisher stops in good order: stores the position, if this reads its stream. */
  publisherStops(stream: string): Promise<void>;
  /** The group's status, if it reads this stream and has begun. */
  status(stream: string): GroupStatus | undefined;
}

interface GroupReaderOptions {
  readonly stream: string;
  readonly group: string;
  /** Undefined while the publisher does not run. */
  readonly logOf: () => EventLog | undefined;
  readonly deliver: Deliver;
  readonly failed: (error: unknown) => void;
}

/** Reads one publisher's log for one group, from the group's position on. */
export function startGroupReader(options: GroupReaderOptions): GroupReader {
  const { stream, group, logOf, deliver, failed } = options;
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const cursor = createGroupCursor(group);

  async function deliverNext(): Promise<void> {
    const log = logOf();
    const batch = log ? await cursor.next(log) : [];
    if (!log || batch.length === 0) {
      await wake.next();
      return;
    }
    await deliver(batch, cursor.acknowledge);
    await cursor.deliveryEnded(log);
  }

  async function store(always: boolean): Promise<void> {
    const log = logOf();
    if (log) await cursor.store(log, always);
  }

  const timer = setInterval(() => store(false), STORE_INTERVAL_MS).unref();
  const running = runForever(deliverNext, closing.signal, failed);
  return {
    wake: wake.call,
    publisherStops: async (of) => {
      // Even where it has not moved: a stop in good order clears the count of starts.
      if (of === stream) await store(true);
    },
    status: (of) => (of === stream ? cursor.status() : undefined),
    close: async () => {
      closing.abort();
      clearInterval(timer);
      await running;
      await store(true);
    },
  };
}
