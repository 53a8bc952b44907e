import { ProviderError } from '@airline/payment/adapters/provider';
import type { Payment } from '@airline/payment/domain/model';
import { tables } from '@airline/payment/store/tables';
import { createSettlement } from '@airline/payment/workers/settlement';
import type { FourServices } from './four-services.ts';
import type { Ledger } from './provider.ts';

/** A call to the provider that is under way. Each of its ends takes its settlement to the next call, or to the end. */
export interface Call {
  respond(): Promise<void>;
  /** The provider has done it, and nobody learns that: the process died, or the reply was lost. */
  lose(): Promise<void>;
  /** The provider is away, and has done nothing. */
  refuse(): Promise<void>;
}

export interface CollectingOptions {
  /** Takes the place of the real one, to see what that is good for. */
  readonly settlement?: typeof createSettlement;
}

/** What the payment service does outside its transactions, by its own settlement, from call to call. */
export function createCollecting(
  { payment, now }: FourServices,
  ledger: Ledger,
  { settlement = createSettlement }: CollectingOptions = {},
) {
  const calls = new Set<Call>();
  const begun = new Set<string>();

  async function settle({ reservationId }: Payment, which: number): Promise<void> {
    let reached = Promise.withResolvers<void>();
    function call<Result>(effect: () => Result): Promise<Result> {
      const { promise, resolve, reject } = Promise.withResolvers<Result>();
      const ending = (end: () => void) => async () => {
        calls.delete(made);
        reached = Promise.withResolvers();
        end();
        await Promise.race([reached.promise, settled]);
      };
      const made: Call = {
        respond: ending(() => resolve(effect())),
        lose: ending(() => {
          effect();
          reject(new ProviderError('UNKNOWN', 'The reply was lost.'));
        }),
        refuse: ending(() => reject(new ProviderError('UNAVAILABLE', 'The provider is away.'))),
      };
      calls.add(made);
      reached.resolve();
      return promise;
    }
    const settleOnce = settlement({
      store: payment.store(which),
      now,
      provider: {
        charge: (request) => call(() => ledger.charge(request)),
        refund: (request) => call(() => ledger.refund(request)),
      },
    });
    // Whoever recorded the intent settles it first, and once.
    const claim = { isBegun: !begun.has(reservationId) };
    begun.add(reservationId);
    const settled = settleOnce(reservationId, claim).catch((error: unknown) => {
      // It is settled again: the row says so.
      if (!(error instanceof ProviderError)) throw error;
    });
    await Promise.race([reached.promise, settled]);
  }

  return {
    calls: (): readonly Call[] => [...calls],
    /** Payments that require a call to the provider, whether one is under way or not. */
    unsettled: async (): Promise<Payment[]> =>
      (await payment.rows(tables.payment)).filter(
        ({ status }) => status === 'PENDING' || status === 'REFUNDING',
      ),
    settle,
  };
}

export type Collecting = ReturnType<typeof createCollecting>;
