import { isTransient, type State } from '@airline/database';
import { noTelemetry } from '@airline/observability';
import { createBury, type DeadLettersOptions, reasonOf } from './dead-letters.ts';
import { type Deadline, withDeadline } from './deadline.ts';
import { InvalidEventError } from './envelope.ts';
import { createHandling, type HandlingOptions } from './handling.ts';
import { type Attempt, createRetries, type RetriesOptions } from './retries.ts';
import type { Deliver } from './transport.ts';

/** An event whose handling was begun this often without an end is a dead letter. */
export const MAX_DELIVERIES = 5;

const NEVER_ENDED = new Error(`Its handling was begun ${MAX_DELIVERIES} times and never ended.`);

/** What the handling of an event may take: above what the database's own timeouts let its transaction take. */
const HANDLING_TIMEOUT_MS = 30_000;

/** Dead letters that one look for replays takes. */
const REPLAY_BATCH = 100;

export type ConsumerOptions<S extends State> = HandlingOptions<S> &
  DeadLettersOptions<S> &
  Omit<RetriesOptions, 'attempt'> & {
    /** Default 30 s. */
    readonly handlingTimeoutMs?: number | undefined;
  };

/**
 * Handles the events that a transport delivers. Each of them is, in this order:
 *
 * 1. Attempted with all of its batch, which share a commit of inbox, policies and outbox (`handling.ts`). What has
 *    succeeded is acknowledged together, after the commit. An event of an unknown type, or in the inbox, has no effect.
 * 2. Retried by itself when that failed, while later batches are handled (`retries.ts`). A transient failure, such as a database
 *    that is unavailable, or a handling that does not end, is retried for as long as it lasts; any other until the event counts as delivered `MAX_DELIVERIES` times.
 * 3. A dead letter (`dead-letters.ts`) when it still fails, at once when it cannot be read, and untried when it was delivered
 *    more often than that: then it may be what ends the process. Its row and its inbox row are one commit; it is acknowledged.
 * 4. Handled after all when an operator asks for a replay of the letter.
 *
 * Whatever is not acknowledged, because the process ended first, is delivered again.
 */
export function createConsumer<S extends State>(options: ConsumerOptions<S>) {
  const { store, logger, telemetry = noTelemetry, handlingTimeoutMs = HANDLING_TIMEOUT_MS } = options;
  const handling = createHandling(options);
  const bury = createBury(options);
  const retries = createRetries({
    ...options,
    attempt: (...retry) => withDeadline(handlingTimeoutMs, (deadline) => attempt(deadline, ...retry)),
  });

  /** What is not done by the deadline may be done later all the same: the inbox has the next attempt know. */
  const attempt = (deadline: Deadline, ...retry: Parameters<Attempt>): ReturnType<Attempt> =>
    Promise.race([deadline.passed, attemptUntil(deadline.signal, ...retry)]);

  async function attemptUntil(
    signal: AbortSignal,
    ...[stream, delivery, previous]: Parameters<Attempt>
  ): ReturnType<Attempt> {
    try {
      if (delivery.deliveries > MAX_DELIVERIES) {
        await bury(stream, { ...delivery, deliveries: MAX_DELIVERIES }, previous?.cause ?? NEVER_ENDED);
        return undefined;
      }
      await handling.handle(stream, delivery, signal).catch((error: unknown) => {
        if (error instanceof InvalidEventError) return bury(stream, delivery, error);
        throw error;
      });
      return undefined;
    } catch (cause) {
      return { cause, isTransient: isTransient(cause) };
    }
  }

  const deliverTo =
    (stream: string): Deliver =>
    async (batch, acknowledge) => {
      const redelivered = batch.filter(({ deliveries }) => deliveries > 1).length;
      if (redelivered > 0) telemetry.metrics.add('event_redeliveries_total', redelivered, { stream });
      const failures = await withDeadline(handlingTimeoutMs, (deadline) =>
        Promise.all(batch.map((delivery) => attempt(deadline, stream, delivery))),
      );
      const done = batch.filter((_, index) => !failures[index]).map(({ seq }) => seq);
      if (done.length > 0) acknowledge(done);
      for (const [index, delivery] of batch.entries()) {
        const failure = failures[index];
        if (failure) retries.start(stream, delivery, failure, acknowledge);
      }
      await retries.room();
    };

  /** Handles the dead letters whose replay an operator has asked for. */
  async function replay(): Promise<void> {
    for (const letter of await store.deadLetters.replayable(REPLAY_BATCH)) {
      const { eventId, stream } = letter;
      try {
        if (await handling.replay(letter)) logger.info({ eventId, stream }, 'dead letter replayed');
      } catch (error) {
        logger.error({ eventId, stream, err: error }, 'dead letter replay failed');
        await store.deadLetters.markReplayFailed(letter, reasonOf(error));
      }
    }
  }

  return { deliverTo, replay, waiting: retries.waiting, close: retries.close };
}
