import { backoffMs, pause, type Running, runEvery } from '@airline/messaging';
import { activeTraceparent, type Logger, noTelemetry } from '@airline/observability';
import { abandonedPayments } from '../store/abandoned-payments.ts';
import { createSettlement, type SettlementOptions } from './settlement.ts';

/** Maximum number of payments in flight, and so of calls to the provider. */
const MAX_IN_FLIGHT = 500;

/** Maximum number of payments that wait in memory; the sweep finds further ones in the database. */
const MAX_WAITING = 10_000;

const SWEEP_INTERVAL_MS = 1000;

/** A payment unchanged for this long was abandoned by a process that died. */
const ABANDONED_AFTER_MS = 5000;

const BACKOFF = { firstMs: 50, longestMs: 10_000 };

export interface Collector extends Running {
  /**
   * Settles a payment in the background: charges or refunds it as intended.
   * @param isFirst whether this process has just committed the intent to charge, which stands for the first call
   */
  settle(reservationId: string, isFirst?: boolean): void;
}

export interface CollectorOptions extends SettlementOptions {
  readonly random: () => number;
  readonly logger: Logger;
}

/**
 * Settles payments, each of them once at a time. A payment is
 *
 * - waiting, since a policy's commit or the sweep named it;
 * - in flight, up to the maximum: settled (`settlement.ts`), with retries until done;
 * - or left to the sweep, which finds in the database what did not fit in memory or a process that died has abandoned.
 */
export function startCollector(options: CollectorOptions): Collector {
  const { store, now, random, logger } = options;
  const { tracing } = options.telemetry ?? noTelemetry;
  const settleOnce = createSettlement(options);
  const closing = new AbortController();
  const inFlight = new Map<string, Promise<void>>();
  /** By reservation. */
  const waiting = new Map<string, { readonly traceparent: string | undefined; readonly isFirst: boolean }>();

  async function retryUntilSettled(reservationId: string, isFirst: boolean): Promise<void> {
    const claim = { isBegun: isFirst };
    for (let failures = 1; !closing.signal.aborted; failures += 1) {
      try {
        return await settleOnce(reservationId, claim);
      } catch (error) {
        logger.warn({ reservationId, failures, err: error }, 'payment settlement failed; retrying');
        await pause(backoffMs(BACKOFF, failures, random), closing.signal);
      }
    }
  }

  function startWaiting(): void {
    for (const [reservationId, { traceparent, isFirst }] of waiting) {
      if (closing.signal.aborted || inFlight.size >= MAX_IN_FLIGHT) return;
      if (inFlight.has(reservationId)) continue;
      waiting.delete(reservationId);
      // An abandoned payment begins a trace of its own.
      const parent = traceparent ?? null;
      const settling = tracing
        .run('settle payment', { parent }, () => retryUntilSettled(reservationId, isFirst))
        .finally(() => {
          inFlight.delete(reservationId);
          startWaiting();
        });
      inFlight.set(reservationId, settling);
    }
  }

  /** A payment in flight waits, too: its settlement may end before it reads the new intent. */
  function settle(reservationId: string, isFirst = false): void {
    if (waiting.size >= MAX_WAITING) return;
    const wasFirst = waiting.get(reservationId)?.isFirst ?? false;
    waiting.set(reservationId, { traceparent: activeTraceparent(), isFirst: isFirst || wasFirst });
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
