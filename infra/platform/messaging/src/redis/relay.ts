import type { LogEntry } from '@airline/database';
import { epochMs, noTelemetry } from '@airline/observability';
import { traceparentOf } from '../envelope.ts';
import { pause } from '../retry.ts';
import type { Publishing, PublishOptions } from '../transport.ts';
import { createWake } from '../wake.ts';
import { append, endOf } from './append.ts';
import { type ConnectOptions, connect } from './connect.ts';
import { ForeignStreamError } from './foreign-stream.ts';
import { streamStatus } from './stream-status.ts';
import { TRIMMED, trim } from './trim.ts';

const BATCH = 500;

/** How often an idle relay looks whether the stream still ends where it left it. */
const POLL_MS = 1000;
const TRIM_EVERY_MS = 60_000;
const RETRY_MS = 100;

/** How long closing waits for a Redis that does not answer. */
const CLOSE_WITHIN_MS = 2000;

export interface Relay extends Publishing {
  lastError(): string | undefined;
}

export interface RelayOptions extends ConnectOptions, PublishOptions {
  readonly now: () => Date;
}

/** Publishes an outbox to its stream, in order and without a gap, again and again until Redis has it. */
export function startRelay(options: RelayOptions): Relay {
  const { stream, log, logger, now, telemetry = noTelemetry } = options;
  const { tracing, metrics } = telemetry;
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const connection = connect(options);
  const stopListening = log.onAppend(wake.call);
  let lastError: string | undefined = 'Redis is not connected yet';
  let isResumed = false;
  /** Whether the stream's end was ever found out. */
  let isKnown = false;
  let trimAt = 0;
  /** Whether to ask where the stream ends though there is nothing to publish; asking costs as much as a commit. */
  let mustLook = true;
  /** Where the stream ends, and up to where the outbox need not be read for it. */
  let end = 0;
  let read = 0;

  /** Finds out where to go on, and that the stream is one that this outbox wrote. */
  async function resume(): Promise<void> {
    const { seq, event } = await connection.run((redis) => endOf(redis, stream));
    const last = await log.last();
    if (seq > last)
      throw new ForeignStreamError(stream, `ends at ${seq}, but this service's outbox at ${last}`);
    const [own] = event === undefined ? [] : await log.read(seq - 1, 1);
    if (own?.seq === seq && own.event !== event) {
      throw new ForeignStreamError(stream, `and this service's outbox hold different events at ${seq}`);
    }
    end = seq;
    // What was trimmed away had passed every group, so a stream that came back empty begins there again.
    read = Math.max(seq, await log.position(TRIMMED));
    isResumed = true;
    isKnown = true;
  }

  /** Appends, and tells of it; answers where the stream ends afterwards. */
  async function appendTold(expected: number, entries: readonly LogEntry[]): Promise<number> {
    const begunAt = epochMs();
    const after = await connection.run((redis) => append(redis, stream, expected, entries));
    if (entries.length === 0 || after !== entries.at(-1)?.seq) return after;
    metrics.add('relay_published_total', entries.length, { stream });
    if (tracing.isOn) {
      tracing.record(`publish ${stream}`, {
        kind: 'producer',
        begunAt,
        endedAt: epochMs(),
        joins: entries.flatMap(({ event }) => traceparentOf(event) ?? []),
        attributes: { 'messaging.system': 'redis', 'messaging.batch.message_count': entries.length },
      });
    }
    return after;
  }

  /**
   * Publishes what this process wrote last. What other replicas wrote before it they publish themselves, as a rule: then the
   * stream ends right before it, and nobody needs to read the outbox. Answers how many entries that were.
   */
  async function publishOwn(): Promise<number> {
    const own = log.ownSince(read, BATCH);
    const [first, last] = [own[0]?.seq ?? 0, own.at(-1)?.seq ?? 0];
    if (first <= read + 1) return 0;
    const after = await appendTold(first - 1, own);
    if (after !== last) return 0;
    end = after;
    read = after;
    return own.length;
  }

  /** Publishes a batch; answers whether there may be more. */
  async function publishNext(): Promise<boolean> {
    const published = await publishOwn();
    if (published > 0) return published === BATCH;
    const entries = await log.read(read, BATCH);
    if (entries.length === 0 && !mustLook) return false;
    const after = await appendTold(end, entries);
    const last = entries.at(-1)?.seq ?? end;
    if (after === last) {
      end = after;
      read = Math.max(read, after);
      return entries.length === BATCH;
    }
    if (after > end && after <= Math.max(last, await log.last())) {
      // The relay of another replica was faster. What it published is this same outbox, so nothing is to be looked at.
      end = after;
      read = Math.max(read, after);
      return true;
    }
    logger.warn(
      { stream, expected: last, found: after },
      'the stream was changed; publishing again from there',
    );
    await resume();
    return true;
  }

  async function trimNowAndThen(): Promise<void> {
    if (now().getTime() < trimAt) return;
    trimAt = now().getTime() + TRIM_EVERY_MS;
    await connection.run((redis) => trim(redis, options, now()));
  }

  async function goOn(): Promise<void> {
    if (!isResumed) await resume();
    // Before publishing, which a full Redis refuses until something is trimmed.
    await trimNowAndThen();
    const mayHaveMore = await publishNext();
    lastError = undefined;
    mustLook = !mayHaveMore && !(await wake.next(POLL_MS));
  }

  function failed(error: unknown): void {
    isResumed = false;
    mustLook = true;
    metrics.add('relay_failures_total', 1, { stream });
    const before = lastError;
    lastError = error instanceof Error ? error.message : String(error);
    if (connection.isReady && lastError !== before) {
      logger.error({ stream, err: error }, 'publishing failed; it is tried again');
    }
  }

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      try {
        await goOn();
      } catch (error) {
        failed(error);
        await pause(RETRY_MS, closing.signal);
      }
    }
  }

  const running = run();
  return {
    lastError: () => lastError,
    published: async () => (isKnown ? end : undefined),
    status: () => connection.run((redis) => streamStatus(redis, options)),
    close: async () => {
      stopListening();
      closing.abort();
      const deadline = setTimeout(() => connection.disconnect(), CLOSE_WITHIN_MS);
      await running;
      // A last attempt, so that a stop in good order leaves nothing for the next start.
      let isBehind = lastError === undefined;
      while (isBehind) isBehind = await publishNext().catch(() => false);
      clearTimeout(deadline);
      connection.disconnect();
    },
  };
}
