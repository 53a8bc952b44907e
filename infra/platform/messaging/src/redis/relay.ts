import { noTelemetry } from '@airline/observability';
import { runForever } from '../retry.ts';
import type { Publishing, PublishOptions } from '../transport.ts';
import { createWake } from '../wake.ts';
import { type ConnectOptions, connect, OfflineError } from './connect.ts';
import { createOutboxPublisher } from './outbox-publisher.ts';
import { streamStatus } from './stream-status.ts';
import { createUpkeep } from './upkeep.ts';

/** How long an idle relay sleeps before it checks that the stream still ends where it left it. */
const POLL_MS = 1000;

/** Timeout of closing, for a Redis that does not reply. */
const CLOSE_TIMEOUT_MS = 2000;

export interface Relay extends Publishing {
  lastError(): string | undefined;
}

export interface RelayOptions extends ConnectOptions, PublishOptions {
  readonly now: () => Date;
}

/**
 * Publishes an outbox to its stream, in order and without a gap, until it is closed. It is in one of these states:
 *
 * - Resuming, at the start and after each failure: it finds the stream's end, and checks that the stream is this outbox's.
 * - Publishing: it appends batch after batch, and once a minute trims what every group has acknowledged. Every other second it
 *   checks that what a group has yet to handle is there (`upkeep.ts`).
 * - Idle: the outbox holds nothing more. A commit of this process wakes it; after a second of sleep it looks by itself for
 *   what other replicas wrote, and whether the stream still ends where it should.
 * - Failed: it waits 100 ms, and resumes. The outbox waits for as long as that takes.
 * - Closed: what the outbox still holds is published first, unless Redis is unavailable.
 *
 * Each replica of a service runs one, and none leads: the outbox is numbered under a lock of its database, without a gap, and an
 * append takes place only where the stream ends as expected.
 */
export function startRelay(options: RelayOptions): Relay {
  const { stream, log, logger, telemetry = noTelemetry } = options;
  const closing = new AbortController();
  const wake = createWake(closing.signal);
  const connection = connect(options);
  const publisher = createOutboxPublisher({ ...options, connection, telemetry });
  const upkeep = createUpkeep({ ...options, connection });
  const stopListening = log.onAppend(wake.call);
  let lastError: string | undefined = 'Redis is not connected yet';
  let isResumed = false;
  /** Only after a sleep or a failure: to find out where the stream ends costs as much as a commit. */
  let checksEnd = true;

  async function runOnce(): Promise<void> {
    if (!isResumed) await publisher.resume();
    isResumed = true;
    // Before publishing, which a full Redis refuses until something is trimmed.
    await upkeep.trimWhenDue();
    if (await upkeep.removeWhenLossy()) await publisher.resume();
    const mayHaveMore = await publisher.publishNext(checksEnd);
    lastError = undefined;
    checksEnd = !mayHaveMore && !(await wake.next(POLL_MS));
  }

  function fail(error: unknown): never {
    isResumed = false;
    checksEnd = true;
    lastError = error instanceof Error ? error.message : String(error);
    telemetry.metrics.add('relay_failures_total', 1, { stream });
    throw error;
  }

  const running = runForever(
    () => runOnce().catch(fail),
    closing.signal,
    (error) => {
      if (!(error instanceof OfflineError))
        logger.error({ stream, err: error }, 'outbox relay failed; retrying');
    },
  );

  return {
    lastError: () => lastError,
    published: async () => publisher.end(),
    status: () => connection.run((redis) => streamStatus(redis, options)),
    close: async () => {
      stopListening();
      closing.abort();
      const timeout = setTimeout(() => connection.disconnect(), CLOSE_TIMEOUT_MS);
      await running;
      let isBehind = lastError === undefined;
      while (isBehind) isBehind = await publisher.publishNext(checksEnd).catch(() => false);
      clearTimeout(timeout);
      connection.disconnect();
    },
  };
}
