import type { Store } from '@airline/database';
import { activeTraceparent, noTelemetry, type Telemetry } from '@airline/observability';
import { type PaymentProvider, ProviderError } from '../adapters/provider.ts';
import type { Decision, Known, Payment, PaymentState } from '../domain/model.ts';
import { recordCharge } from '../domain/record-charge.ts';
import { recordRefund } from '../domain/record-refund.ts';

/** Timeout of a call to the provider, whose result is then unknown. */
const CALL_TIMEOUT_MS = 60_000;

export interface SettlementOptions {
  readonly store: Store<PaymentState>;
  readonly provider: PaymentProvider;
  readonly now: () => Date;
  /** Timeout of a call to the provider; default a minute. */
  readonly callTimeoutMs?: number;
  readonly telemetry?: Telemetry;
}

/** Settles one payment: charges and refunds it until nothing is intended. */
export type Settle = (reservationId: string) => Promise<void>;

/**
 * Carries out what a payment's row intends, outside any transaction: the intent is committed, the provider is called
 * with an idempotency key derived from the reservation, and the result is recorded. A failure of any step may be retried
 * from the start: the same key has no second effect.
 */
export function createSettlement(options: SettlementOptions): Settle {
  const { store, provider, now, callTimeoutMs = CALL_TIMEOUT_MS } = options;
  const { tracing } = options.telemetry ?? noTelemetry;

  const read = (reservationId: string): Promise<Payment | undefined> =>
    store.transact({
      keys: { payment: reservationId },
      decide: ({ payment }) => ({ result: payment }),
    });

  /** Returns the row as it is afterwards: it may intend a refund by now. */
  const record = (reservationId: string, decide: (known: Known) => Decision): Promise<Payment | undefined> =>
    store.transact({
      keys: { payment: reservationId },
      decide: (known) => {
        const decision = decide(known);
        return { ...decision, result: decision.write?.payment ?? known.payment };
      },
      traceparent: activeTraceparent(),
    });

  async function charge({ reservationId, cost: amount, currency }: Payment): Promise<Payment | undefined> {
    const outcome = await tracing.run('charge', { kind: 'client' }, () =>
      withTimeout(callTimeoutMs, (signal) =>
        provider.charge({ idempotencyKey: `charge:${reservationId}`, amount, currency, signal }),
      ),
    );
    const at = now().toISOString();
    return await record(reservationId, (known) => recordCharge(known, outcome, at));
  }

  async function refund({ reservationId, cost: amount, currency }: Payment): Promise<Payment | undefined> {
    await tracing.run('refund', { kind: 'client' }, () =>
      withTimeout(callTimeoutMs, (signal) =>
        provider.refund({ idempotencyKey: `refund:${reservationId}`, amount, currency, signal }),
      ),
    );
    const at = now().toISOString();
    return await record(reservationId, (known) => recordRefund(known, at));
  }

  return async (reservationId) => {
    let found = await read(reservationId);
    while (found?.status === 'PENDING' || found?.status === 'REFUNDING') {
      found = await (found.status === 'PENDING' ? charge(found) : refund(found));
    }
  };
}

/** A provider that hangs, even one that ignores the signal, must block neither a payment nor a shutdown. */
async function withTimeout<Result>(
  timeoutMs: number,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const aborting = new AbortController();
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new ProviderError('UNKNOWN', `The payment provider did not reply within ${timeoutMs} ms.`);
    aborting.abort(error);
    reject(error);
  }, timeoutMs);
  try {
    return await Promise.race([call(aborting.signal), timeout]);
  } finally {
    clearTimeout(timer);
  }
}
