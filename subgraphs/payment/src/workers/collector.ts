import type { Store } from '@airline/database';
import { backoffMs, pause, type Running, runEvery } from '@airline/messaging';
import { activeTraceparent, type Logger, noTelemetry, type Telemetry } from '@airline/observability';
import { and, lt, type SQL, sql } from 'drizzle-orm';
import { type PaymentProvider, ProviderError } from '../adapters/provider.ts';
import type { Decision, Known, Payment, PaymentState } from '../domain/model.ts';
import { recordCharge } from '../domain/record-charge.ts';
import { recordRefund } from '../domain/record-refund.ts';
import { payment } from '../store/tables.ts';

/** Calls to the provider at once. */
const MOST_AT_ONCE = 500;

/** Payments that wait in memory for their turn at most; further ones are found in the database by the sweep. */
const MOST_WAITING = 10_000;

const SWEEP_EVERY_MS = 1000;

/** One that has not moved for so long was left by a process that died, here or elsewhere. */
const LEFT_AFTER_MS = 5000;

/** A call that is silent for so long has an unknown result, and is made again. */
const ANSWER_WITHIN_MS = 60_000;

const BACKOFF = { firstMs: 50, longestMs: 10_000 };

// In the words of the index: SQLite takes a partial index only for the same constants, never for parameters.
const isUnsettled = sql`${payment.status} in ('PENDING', 'REFUNDING')`;

export interface Collector extends Running {
  /** Sees a payment to its end: charges what is pending, refunds what is to go back. */
  settle(reservationId: string): void;
}

export interface CollectorOptions {
  readonly store: Store<PaymentState>;
  readonly provider: PaymentProvider;
  readonly now: () => Date;
  readonly random: () => number;
  readonly logger: Logger;
  /** How long a call to the provider may be silent; a minute unless told. */
  readonly answerWithinMs?: number;
  readonly telemetry?: Telemetry;
}

/**
 * Carries out what policies intend, outside any transaction: the intent is committed, the provider is asked
 * with a key that the reservation gives, and the answer is recorded. A call without an answer is made again.
 */
export function startCollector(options: CollectorOptions): Collector {
  const { store, provider, now, random, logger, answerWithinMs = ANSWER_WITHIN_MS } = options;
  const { tracing } = options.telemetry ?? noTelemetry;
  const closing = new AbortController();
  const underWay = new Map<string, Promise<void>>();
  /** With the trace in which it was asked for. */
  const waiting = new Map<string, string | undefined>();

  async function read(reservationId: string): Promise<Payment | undefined> {
    return await store.transact({
      keys: { payment: reservationId },
      decide: ({ payment: found }) => ({ result: found }),
    });
  }

  async function record(
    reservationId: string,
    decide: (known: Known) => Decision,
  ): Promise<Payment | undefined> {
    return await store.transact({
      keys: { payment: reservationId },
      decide: (known) => {
        const decision = decide(known);
        return { ...decision, result: decision.write?.payment ?? known.payment };
      },
      traceparent: activeTraceparent(),
    });
  }

  /** Waits for an answer, but not for ever: a provider that hangs must hold up neither this payment nor a stop. */
  async function answerOf<Answer>(call: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const patience = new AbortController();
    const silence = new Promise<never>((_, reject) => {
      patience.signal.addEventListener('abort', () => reject(patience.signal.reason));
    });
    const timer = setTimeout(() => {
      patience.abort(
        new ProviderError('UNKNOWN', `The payment provider was silent for ${answerWithinMs} ms.`),
      );
    }, answerWithinMs);
    try {
      return await Promise.race([call(patience.signal), silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  async function charge({ reservationId, cost }: Payment): Promise<Payment | undefined> {
    const request = { idempotencyKey: `charge:${reservationId}`, amount: cost };
    const outcome = await tracing.run('charge', { kind: 'client' }, () =>
      answerOf((signal) => provider.charge({ ...request, signal })),
    );
    const at = now().toISOString();
    return await record(reservationId, (known) => recordCharge(known, outcome, at));
  }

  async function refund({ reservationId, cost }: Payment): Promise<Payment | undefined> {
    const request = { idempotencyKey: `refund:${reservationId}`, amount: cost };
    await tracing.run('refund', { kind: 'client' }, () =>
      answerOf((signal) => provider.refund({ ...request, signal })),
    );
    const at = now().toISOString();
    return await record(reservationId, (known) => recordRefund(known, at));
  }

  async function see(reservationId: string): Promise<void> {
    let failures = 0;
    while (!closing.signal.aborted) {
      try {
        let found = await read(reservationId);
        while (found?.status === 'PENDING' || found?.status === 'REFUNDING') {
          found = await (found.status === 'PENDING' ? charge(found) : refund(found));
        }
        return;
      } catch (error) {
        failures += 1;
        logger.warn({ reservationId, failures, err: error }, 'payment is asked for again');
        await pause(backoffMs(BACKOFF, failures, random), closing.signal);
      }
    }
  }

  function startWaiting(): void {
    for (const [reservationId, traceparent] of waiting) {
      if (closing.signal.aborted || underWay.size >= MOST_AT_ONCE) return;
      if (underWay.has(reservationId)) continue;
      waiting.delete(reservationId);
      // What was left by a process that died begins a trace of its own.
      const parent = traceparent ?? null;
      const seen = tracing
        .run('settle payment', { parent }, () => see(reservationId))
        .finally(() => {
          underWay.delete(reservationId);
          startWaiting();
        });
      underWay.set(reservationId, seen);
    }
  }

  /** One that is under way waits too: its end may come before it can see what is asked for now. */
  function settle(reservationId: string): void {
    if (waiting.size >= MOST_WAITING) return;
    waiting.set(reservationId, activeTraceparent());
    startWaiting();
  }

  async function sweep(): Promise<void> {
    const before = new Date(now().getTime() - LEFT_AFTER_MS).toISOString();
    const where = and(isUnsettled, lt(payment.updatedAt, before)) as SQL;
    for (const { reservationId } of await store.read.page(payment, { where, limit: MOST_WAITING })) {
      settle(reservationId);
    }
  }

  const failed = (error: unknown) => logger.warn({ err: error }, 'sweep failed; it is tried again');
  const sweeping = runEvery(SWEEP_EVERY_MS, closing.signal, sweep, failed);

  return {
    settle,
    close: async () => {
      closing.abort();
      await Promise.all([sweeping, ...underWay.values()]);
    },
  };
}
