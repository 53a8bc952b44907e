import type { EventLog } from '@airline/database';
import { runForever } from '../retry.ts';
import type { Deliver, GroupStatus, Running } from '../transport.ts';
import { createWake } from '../wake.ts';
import { createAcknowledged } from './acknowledged.ts';

/** The name under which a log keeps where a group stands. */
export const positionOf = (group: string) => `embedded:${group}`;

const BATCH = 100;

/** How long a new position stays in memory: moves that a crash loses are only repeated, and the inbox knows them. */
const SAVE_EVERY_MS = 200;

export interface GroupReader extends Running {
  wake(): void;
  /** The publisher stops in good order: writes the position down, if this reads its stream. */
  save(stream: string): Promise<void>;
  /** Where it stands, if it reads this stream and has begun. */
  status(stream: string): GroupStatus | undefined;
}

interface GroupReaderOptions {
  readonly stream: string;
  readonly group: string;
  /** Undefined while the publisher is not there. */
  readonly logOf: () => EventLog | undefined;
  readonly deliver: Deliver;
  readonly failed: (error: unknown) => void;
}

/** Reads one publisher's log for one group, from where the group stands. */
export function startGroupReader(options: GroupReaderOptions): GroupReader {
  const { stream, group, logOf, deliver, failed } = options;
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const reader = positionOf(group);
  let acknowledged: ReturnType<typeof createAcknowledged> | undefined;
  /** Up to where the log was handed over. */
  let handedOver = 0;
  let saved = 0;
  /** How many further events a process before this one may have had in hand when it died. */
  let suspects = 0;

  async function save(always = false): Promise<void> {
    const log = logOf();
    const position = acknowledged?.position();
    if (!log || position === undefined || (position <= saved && !always)) return;
    try {
      await log.advance(reader, position);
      saved = position;
    } catch {
      // It is saved the next time; until then a crash would only repeat more.
    }
  }

  async function resume(log: EventLog): Promise<ReturnType<typeof createAcknowledged>> {
    handedOver = await log.position(reader);
    saved = handedOver;
    suspects = (await log.read(handedOver, BATCH)).length;
    return createAcknowledged(handedOver);
  }

  async function deliverNext(): Promise<void> {
    const log = logOf();
    acknowledged ??= log && (await resume(log));
    // Counts belong to the position that is written down, so they end where an event is left unacknowledged.
    if (saved < handedOver) suspects = 0;
    const entries = (await log?.read(handedOver, suspects > 0 ? 1 : BATCH)) ?? [];
    const last = entries.at(-1);
    if (!log || !acknowledged || !last) {
      await wake.next();
      return;
    }
    // An event may be what killed the process, so what was left behind comes one by one, and counted.
    const deliveries = suspects > 0 ? await log.start(reader) : 1;
    handedOver = last.seq;
    acknowledged.deliver(entries.map(({ seq }) => seq));
    await deliver(
      entries.map((entry) => ({ ...entry, deliveries })),
      acknowledged.acknowledge,
    );
    if (suspects > 0) await save();
    suspects = Math.max(0, suspects - 1);
  }

  const timer = setInterval(() => save(), SAVE_EVERY_MS).unref();
  const running = runForever(deliverNext, closing.signal, failed);
  return {
    wake: wake.call,
    save: async (of) => {
      // Even where it has not moved: a stop in good order clears the count of starts.
      if (of === stream) await save(true);
    },
    status: (of) => {
      if (of !== stream || !acknowledged) return undefined;
      const { count, oldest } = acknowledged.pending();
      return { group, delivered: handedOver, pending: count, oldestPending: oldest };
    },
    close: async () => {
      closing.abort();
      clearInterval(timer);
      await running;
      await save(true);
    },
  };
}
