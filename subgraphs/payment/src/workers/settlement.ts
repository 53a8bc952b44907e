import type { Store } from '@airline/database';
import { activeTraceparent, noTelemetry, type Telemetry } from '@airline/observability';
import { type PaymentProvider, ProviderError } from '../adapters/provider.ts';
import { beginCharge, chargeNotMade } from '../domain/charge-calls.ts';
import {
  chargeKeyOf,
  type Decision,
  type Known,
  type Payment,
  type PaymentState,
  refundKeyOf,
} from '../domain/model.ts';
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

/** What an attempt leaves to the next: whether the payment's row has a call for the charge that was not made yet. */
export interface Claim {
  isBegun: boolean;
}

/** Settles one payment: charges and refunds it until nothing is intended. */
export type Settle = (reservationId: string, claim: Claim) => Promise<void>;

/**
 * Carries out what a payment's row intends, outside any transaction: the intent is committed, the provider is called
 * with an idempotency key derived from the reservation, and the result is recorded. A failure of any step may be retried
 * from the start: the same key has no second effect. A charge whose reservation is canceled is withdrawn, as long as every call for it
 * has had no effect for sure; of others the provider may have the money.
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

  const at = () => now().toISOString();
  const begin = (id: string) => record(id, (known) => beginCharge(known, at()));
  const giveUp = (id: string) => record(id, (known) => chargeNotMade(known, at()));

  async function charge(payment: Payment, claim: Claim): Promise<Payment | undefined> {
    const { reservationId, cost: amount, currency } = payment;
    if (claim.isBegun) {
      claim.isBegun = false;
      if (payment.canceled) return await giveUp(reservationId);
    } else {
      const begun = await begin(reservationId);
      if (begun?.status !== 'PENDING') return begun;
    }
    try {
      const outcome = await tracing.run('charge', { kind: 'client' }, () =>
        withTimeout(callTimeoutMs, (signal) =>
          provider.charge({ idempotencyKey: chargeKeyOf(reservationId), amount, currency, signal }),
        ),
      );
      return await record(reservationId, (known) => recordCharge(known, outcome, at()));
    } catch (error) {
      if (!(error instanceof ProviderError && error.code === 'UNAVAILABLE')) throw error;
      const left = await giveUp(reservationId);
      if (left?.status !== 'PENDING') return left;
      throw error;
    }
  }

  async function refund({ reservationId, cost: amount, currency }: Payment): Promise<Payment | undefined> {
    await tracing.run('refund', { kind: 'client' }, () =>
      withTimeout(callTimeoutMs, (signal) =>
        provider.refund({
          idempotencyKey: refundKeyOf(reservationId),
          chargeKey: chargeKeyOf(reservationId),
          amount,
          currency,
          signal,
        }),
      ),
    );
    return await record(reservationId, (known) => recordRefund(known, at()));
  }

  return async (reservationId, claim) => {
    let found = await read(reservationId);
    while (found?.status === 'PENDING' || found?.status === 'REFUNDING') {
      found = await (found.status === 'PENDING' ? charge(found, claim) : refund(found));
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
