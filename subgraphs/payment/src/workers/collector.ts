import { backoffMs, pause, type Running, runEvery } from '@airline/messaging';
import { activeTraceparent, type Logger, noTelemetry } from '@airline/observability';
import { abandonedPayments } from '../store/abandoned-payments.ts';
import { createSettlement, type SettlementOptions } from './settlement.ts';

/** Payments that are settled at once, and so calls to the provider. */
const MAX_IN_FLIGHT = 500;

/** Payments that wait in memory; further ones are found in the database by the sweep. */
const MAX_WAITING = 10_000;

const SWEEP_INTERVAL_MS = 1000;

/** A payment that has not changed for so long was left by a process that died, here or elsewhere. */
const ABANDONED_AFTER_MS = 5000;

const BACKOFF = { firstMs: 50, longestMs: 10_000 };

export interface Collector extends Running {
  /** Settles a payment in the background: charges what is pending, refunds what is to go back. */
  settle(reservationId: string): void;
}

export interface CollectorOptions extends SettlementOptions {
  readonly random: () => number;
  readonly logger: Logger;
}

/**
 * Settles payments, each of them once at a time. A payment is
 *
 * - waiting, since a policy's commit or the sweep named it;
 * - in flight, while there is room: it is settled (`settlement.ts`), with retries until that is done;
 * - or left to the sweep, which finds in the database what a full memory or a process that died has left.
 */
export function startCollector(options: CollectorOptions): Collector {
  const { store, now, random, logger } = options;
  const { tracing } = options.telemetry ?? noTelemetry;
  const settleOnce = createSettlement(options);
  const closing = new AbortController();
  const inFlight = new Map<string, Promise<void>>();
  /** By reservation, the traceparent of the request. */
  const waiting = new Map<string, string | undefined>();

  async function retryUntilSettled(reservationId: string): Promise<void> {
    for (let failures = 1; !closing.signal.aborted; failures += 1) {
      try {
        return await settleOnce(reservationId);
      } catch (error) {
        logger.warn({ reservationId, failures, err: error }, 'payment settlement failed; retrying');
        await pause(backoffMs(BACKOFF, failures, random), closing.signal);
      }
    }
  }

  function startWaiting(): void {
    for (const [reservationId, traceparent] of waiting) {
      if (closing.signal.aborted || inFlight.size >= MAX_IN_FLIGHT) return;
      if (inFlight.has(reservationId)) continue;
      waiting.delete(reservationId);
      // What a process that died has left begins a trace of its own.
      const parent = traceparent ?? null;
      const settling = tracing
        .run('settle payment', { parent }, () => retryUntilSettled(reservationId))
        .finally(() => {
          inFlight.delete(reservationId);
          startWaiting();
        });
      inFlight.set(reservationId, settling);
    }
  }

  /** A payment in flight waits, too: it may end before it sees what is intended now. */
  function settle(reservationId: string): void {
    if (waiting.size >= MAX_WAITING) return;
    waiting.set(reservationId, activeTraceparent());
    startWaiting();
  }

  async function sweep(): Promise<void> {
    const before = new Date(now().getTime() - ABANDONED_AFTER_MS).toISOString();
    for (const { reservationId } of await abandonedPayments(store.read, before, MAX_WAITING)) {
      settle(reservationId);
    }
  }

  const failed = (error: unknown) => logger.warn({ err: error }, 'payment sweep failed; retrying');
  const sweeping = runEvery(SWEEP_INTERVAL_MS, closing.signal, sweep, failed);

  return {
    settle,
    close: async () => {
      closing.abort();
      await Promise.all([sweeping, ...inFlight.values()]);
    },
  };
}
