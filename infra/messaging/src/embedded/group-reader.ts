import type { EventLog } from '@airline/database';
import type { Deliver, Delivery, Running } from '../transport.ts';
import { createWake } from '../wake.ts';
import { createAcknowledged } from './acknowledged.ts';

/** The name under which a log keeps where a group stands. */
export const positionOf = (group: string) => `embedded:${group}`;

const BATCH = 100;

/** How long a new position stays in memory: moves that a crash loses are only repeated, and the inbox knows them. */
const SAVE_EVERY_MS = 200;

export interface GroupReader extends Running {
  wake(): void;
  /** Writes the position down, if it reads this stream. */
  save(stream: string): Promise<void>;
}

interface GroupReaderOptions {
  readonly stream: string;
  readonly group: string;
  /** Undefined while the publisher is not there. */
  readonly logOf: () => EventLog | undefined;
  readonly deliver: Deliver;
}

/** Reads one publisher's log for one group, from where the group stands. */
export function startGroupReader({ stream, group, logOf, deliver }: GroupReaderOptions): GroupReader {
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const reader = positionOf(group);
  let acknowledged: ReturnType<typeof createAcknowledged> | undefined;
  let saved = 0;

  async function save(always = false): Promise<void> {
    const position = acknowledged?.position();
    if (position === undefined || (position <= saved && !always)) return;
    saved = position;
    await logOf()?.advance(reader, position);
  }

  async function run(): Promise<void> {
    while (!logOf() && !closing.signal.aborted) await wake.next();
    const log = logOf();
    if (!log) return;
    let position = await log.position(reader);
    saved = position;
    acknowledged = createAcknowledged(position);
    // What a process left behind may be what killed it, so the first such event comes alone, and counted.
    const leftBehind = (await log.read(position, 1)).length > 0;
    let first = leftBehind ? { deliveries: await log.start(reader) } : undefined;
    while (!closing.signal.aborted) {
      const entries = (await logOf()?.read(position, first ? 1 : BATCH)) ?? [];
      const last = entries.at(-1);
      if (!last) {
        await wake.next();
        continue;
      }
      position = last.seq;
      const tracked = acknowledged;
      tracked.deliver(entries.map(({ seq }) => seq));
      const batch = entries.map((entry): Delivery => ({ ...entry, deliveries: 1, ...first }));
      await deliver(batch, tracked.acknowledge);
      if (first) await save();
      first = undefined;
    }
  }

  const timer = setInterval(() => save(), SAVE_EVERY_MS).unref();
  const running = run();
  return {
    wake: wake.call,
    save: async (of) => {
      if (of === stream) await save();
    },
    close: async () => {
      closing.abort();
      clearInterval(timer);
      await running;
      // Even where it has not moved: a stop in good order clears the count of starts.
      await save(true);
    },
  };
}
