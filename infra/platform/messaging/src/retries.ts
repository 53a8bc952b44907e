import { isAnnounced, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { type Failure, HandlingTimeoutError } from './failure.ts';
import { type Backoff, backoffMs, pause } from './retry.ts';
import type { Acknowledge, Delivery } from './transport.ts';

/** Events that may wait for a retry before no more are taken. */
const MAX_RETRYING = 1000;

/** Transient failures of one event after which it waits for something that somebody should know of; some six seconds. */
const WAITS_AFTER = 8;

/** Tries once to be done with an event; resolves undefined when it is handled or a dead letter. */
export type Attempt = (
  stream: string,
  delivery: Delivery,
  previous?: Failure,
) => Promise<Failure | undefined>;

export interface RetriesOptions {
  readonly attempt: Attempt;
  readonly backoff?: Backoff | undefined;
  readonly random: () => number;
  readonly logger: Logger;
  readonly telemetry?: Telemetry | undefined;
}

/** Retries what has failed, each event by itself and beside all others, with backoff and jitter. */
export function createRetries(options: RetriesOptions) {
  const { attempt, random, logger, telemetry = noTelemetry } = options;
  const backoff = options.backoff ?? { firstMs: 50, longestMs: 10_000 };
  const closing = new AbortController();
  const retrying = new Set<Promise<void>>();
  /** By retry, the stream of its event. */
  const waiting = new Map<object, string>();
  /** What fails for its surroundings, which is one fault for all of it. */
  const disturbed = new Set<object>();

  /** One line for each fault, and one for the end of what all wait for; the others are for one who looks for a cause. */
  function log(self: object, failure: Failure | undefined, failures: number, place: object): void {
    const wasDisturbed = disturbed.size > 0;
    if (failure?.isTransient && !isAnnounced(failure.cause)) disturbed.add(self);
    else disturbed.delete(self);
    if (failure) {
      const isKnown = failure.isTransient ? wasDisturbed : failures > 1;
      const line = { ...place, failures, err: failure.cause };
      logger[isKnown ? 'debug' : 'warn'](line, 'event handling failed; retrying');
    }
    if (wasDisturbed && disturbed.size === 0) logger.info(place, 'events are handled again');
  }

  /** Only what is not transient counts as delivered once more, and so comes to an end. */
  async function retry(stream: string, first: Delivery, failure: Failure, acknowledge: Acknowledge) {
    let delivery = first;
    let failed: Failure | undefined = failure;
    const self = {};
    for (let failures = 1; failed; failures += 1) {
      const { isTransient, cause }: Failure = failed;
      const isHung = cause instanceof HandlingTimeoutError;
      log(self, failed, failures, { stream, seq: delivery.seq });
      if (isHung || (isTransient && failures >= WAITS_AFTER)) waiting.set(self, stream);
      await pause(backoffMs(backoff, failures, random), closing.signal);
      if (closing.signal.aborted) return;
      telemetry.metrics.add('event_retries_total', 1, {
        stream,
        cause: isHung ? 'timeout' : isTransient ? 'transient' : 'permanent',
      });
      if (!isTransient) delivery = { ...delivery, deliveries: delivery.deliveries + 1 };
      failed = await attempt(stream, delivery, failed);
    }
    waiting.delete(self);
    log(self, undefined, 0, { stream });
    acknowledge([delivery.seq]);
  }

  return {
    start(stream: string, delivery: Delivery, failure: Failure, acknowledge: Acknowledge): void {
      const running = retry(stream, delivery, failure, acknowledge).finally(() => retrying.delete(running));
      retrying.add(running);
    },
    /** The streams of events that wait for their surroundings to be well again, one for each event. */
    waiting: (): readonly string[] => [...waiting.values()],
    /** Resolves when there is room for further ones, or on closing. */
    async room(): Promise<void> {
      while (retrying.size >= MAX_RETRYING && !closing.signal.aborted) await Promise.race(retrying);
    },
    /** Gives up what waits; it stays unacknowledged, and is delivered again. */
    async close(): Promise<void> {
      closing.abort();
      await Promise.allSettled(retrying);
    },
  };
}
