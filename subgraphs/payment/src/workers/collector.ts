import { backoffMs, pause, type Running, runEvery } from '@airline/messaging';
import { activeTraceparent, type Logger, noTelemetry } from '@airline/observability';
import { abandonedPayments } from '../store/abandoned-payments.ts';
import { type Claim, createSettlement, type SettlementOptions } from './settlement.ts';

/** Maximum number of payments in flight, and so of calls to the provider. */
const MAX_IN_FLIGHT = 500;

/** Maximum number of payments that wait or pause in memory; the sweep finds further ones in the database. */
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

/** One that is to be settled: the trace that it is in, and what its attempts so far have left. */
interface Turn {
  readonly traceparent: string | undefined;
  readonly claim: Claim;
  readonly failures: number;
}

/**
 * Settles payments, each of them once at a time. A payment is
 *
 * - waiting, since a policy's commit or the sweep named it;
 * - in flight, up to the maximum: settled (`settlement.ts`), once;
 * - pausing, since that has failed, before it waits again: those that fail for long take no place of the others;
 * - or left to the sweep, which finds in the database what did not fit in memory or a process that died has abandoned.
 */
export function startCollector(options: CollectorOptions): Collector {
  const { store, now, random, logger } = options;
  const { tracing } = options.telemetry ?? noTelemetry;
  const settleOnce = createSettlement(options);
  const closing = new AbortController();
  /** By reservation, as the others. */
  const inFlight = new Map<string, Promise<void>>();
  const pausing = new Map<string, Promise<void>>();
  const waiting = new Map<string, Turn>();

  async function attempt(reservationId: string, turn: Turn): Promise<void> {
    try {
      await settleOnce(reservationId, turn.claim);
    } catch (error) {
      const failures = turn.failures + 1;
      logger.warn({ reservationId, failures, err: error }, 'payment settlement failed; retrying');
      pausing.set(reservationId, waitAgain(reservationId, { ...turn, failures }));
    }
  }

  async function waitAgain(reservationId: string, turn: Turn): Promise<void> {
    await pause(backoffMs(BACKOFF, turn.failures, random), closing.signal);
    pausing.delete(reservationId);
    waiting.set(reservationId, turn);
    startWaiting();
  }

  function startWaiting(): void {
    for (const [reservationId, turn] of waiting) {
      if (closing.signal.aborted || inFlight.size >= MAX_IN_FLIGHT) return;
      if (inFlight.has(reservationId) || pausing.has(reservationId)) continue;
      waiting.delete(reservationId);
      // An abandoned payment begins a trace of its own.
      const parent = turn.traceparent ?? null;
      const settling = tracing
        .run('settle payment', { parent }, () => attempt(reservationId, turn))
        .finally(() => {
          inFlight.delete(reservationId);
          startWaiting();
        });
      inFlight.set(reservationId, settling);
    }
  }

  /** A payment in flight waits, too: its settlement may end before it reads the new intent. */
  function settle(reservationId: string, isFirst = false): void {
    // It is read again after the pause.
    if (pausing.has(reservationId) || waiting.size + pausing.size >= MAX_WAITING) return;
    const isBegun = isFirst || waiting.get(reservationId)?.claim.isBegun === true;
    waiting.set(reservationId, { traceparent: activeTraceparent(), claim: { isBegun }, failures: 0 });
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
      await Promise.all([sweeping, ...inFlight.values(), ...pausing.values()]);
    },
  };
}
