import type { LogEntry } from '@airline/database';
import { epochMs, type Logger, type Telemetry } from '@airline/observability';
import { traceparentOf } from '../envelope.ts';
import type { PublishOptions } from '../transport.ts';
import { append } from './append.ts';
import type { Connection } from './connect.ts';
import { ownEndOf } from './foreign-stream.ts';
import { TRIMMED } from './trim.ts';

const BATCH = 500;

export interface OutboxPublisherOptions extends PublishOptions {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly telemetry: Telemetry;
}

/** One outbox's position in its stream, and the appending behind it. */
export interface OutboxPublisher {
  /** The stream's end as it was last known; undefined until it was first found. */
  end(): number | undefined;
  /**
   * Finds the stream's end, from which to publish.
   * @throws ForeignStreamError
   */
  resume(): Promise<void>;
  /**
   * Appends a batch; true when there may be more.
   * @param checksEnd whether to find out if the stream still ends as expected though there is nothing to append
   */
  publishNext(checksEnd: boolean): Promise<boolean>;
}

/**
 * Appends an outbox to its stream. Every append says where the stream is expected to end, and is one of these:
 *
 * - The stream ends there: the batch is appended, and its last entry is the new end.
 * - It ends further, within the outbox: another replica's relay has published the same rows; that is the new end.
 * - It ends elsewhere: it was emptied or set back, or is another system's. Its end is found anew, and checked.
 */
export function createOutboxPublisher(options: OutboxPublisherOptions): OutboxPublisher {
  const { stream, log, connection, logger, telemetry } = options;
  let end: number | undefined;
  /** Up to where the outbox need not be read any more: the stream's end, or above it what was trimmed. */
  let read = 0;

  function advanceTo(seq: number): void {
    end = seq;
    read = Math.max(read, seq);
  }

  async function resume(): Promise<void> {
    end = await ownEndOf(stream, log, connection);
    // Every group had acknowledged what was trimmed, so a stream that came back empty begins there again.
    read = Math.max(end, await log.position(TRIMMED));
  }

  /** Appends behind `expected`; returns the stream's end afterwards. */
  async function appendAfter(expected: number, entries: readonly LogEntry[]): Promise<number> {
    const begunAt = epochMs();
    const after = await connection.run((redis) => append(redis, stream, expected, entries));
    if (after === entries.at(-1)?.seq) recordAppend(telemetry, stream, entries, begunAt);
    return after;
  }

  /**
   * Publishes what this process wrote last, without a reading of the outbox. What other replicas wrote before it they
   * publish themselves, as a rule; then the stream ends right before it. Returns how many entries that were.
   */
  async function publishOwn(): Promise<number> {
    const own = log.ownSince(read, BATCH);
    const [first, last] = [own[0]?.seq ?? 0, own.at(-1)?.seq ?? 0];
    // What follows upon `read`, `log.read` returns from memory, too.
    if (first <= read + 1) return 0;
    if ((await appendAfter(first - 1, own)) !== last) return 0;
    advanceTo(last);
    return own.length;
  }

  async function publishNext(checksEnd: boolean): Promise<boolean> {
    const published = await publishOwn();
    if (published > 0) return published === BATCH;
    const entries = await log.read(read, BATCH);
    if (entries.length === 0 && !checksEnd) return false;
    const expected = end ?? 0;
    const last = entries.at(-1)?.seq ?? expected;
    const after = await appendAfter(expected, entries);
    if (after === last) {
      advanceTo(after);
      return entries.length === BATCH;
    }
    if (after > expected && after <= Math.max(last, await log.last())) {
      advanceTo(after);
      return true;
    }
    logger.warn({ stream, expected: last, found: after }, 'stream end has changed; publishing from there');
    await resume();
    return true;
  }

  return { end: () => end, resume, publishNext };
}

/** Counts appended entries, and records one span for all the traces that they are of. */
function recordAppend(
  { metrics, tracing }: Telemetry,
  stream: string,
  entries: readonly LogEntry[],
  begunAt: number,
): void {
  metrics.add('relay_published_total', entries.length, { stream });
  if (!tracing.isOn) return;
  tracing.record(`publish ${stream}`, {
    kind: 'producer',
    begunAt,
    endedAt: epochMs(),
    joins: entries.flatMap(({ event }) => traceparentOf(event) ?? []),
    attributes: { 'messaging.system': 'redis', 'messaging.batch.message_count': entries.length },
  });
}
