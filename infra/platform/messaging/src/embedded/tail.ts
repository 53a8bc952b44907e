import type { EventLog } from '@airline/database';
import { runForever } from '../retry.ts';
import type { Tail, TailOptions } from '../transport.ts';
import { createWake } from '../wake.ts';

const BATCH = 100;

interface EmbeddedTailOptions extends TailOptions {
  /** Undefined while the publisher does not run. */
  readonly logOf: () => EventLog | undefined;
  /** Calls back when a log may have grown. Returns how to stop that. */
  readonly onArrival: (wake: () => void) => () => void;
  readonly failed: (error: unknown) => void;
}

/** Receives all that is appended to a log. */
export async function startTail(options: EmbeddedTailOptions): Promise<Tail> {
  const { receive, from, signal, logOf, onArrival, failed } = options;
  signal?.throwIfAborted();
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const stopListening = onArrival(wake.call);
  const started = Promise.withResolvers<number>();
  let position = from;

  async function receiveNext(): Promise<void> {
    const log = logOf();
    // The default begins when the publisher runs: what it published before is not new.
    if (log) position ??= await log.last();
    if (position !== undefined) started.resolve(position);
    const entries = position === undefined ? [] : ((await logOf()?.read(position, BATCH)) ?? []);
    const last = entries.at(-1);
    if (closing.signal.aborted) return;
    if (!last) {
      await wake.next();
      return;
    }
    position = last.seq;
    receive(entries);
  }

  const running = runForever(receiveNext, closing.signal, failed);

  async function close(): Promise<void> {
    closing.abort();
    stopListening();
    await running;
  }

  signal?.addEventListener('abort', () => {
    started.reject(signal.reason);
    void close();
  });
  return { from: await started.promise, close };
}
