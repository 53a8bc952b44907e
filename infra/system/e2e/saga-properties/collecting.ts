import type { Payment } from '@airline/payment/domain/model';
import { recordCharge } from '@airline/payment/domain/record-charge';
import { recordRefund } from '@airline/payment/domain/record-refund';
import { tables } from '@airline/payment/store/tables';
import type { FourServices } from './four-services.ts';
import type { ChargeResult, Ledger } from './provider.ts';

/** A request to the provider whose response is under way; the process that sent it may die before it arrives. */
export interface Call {
  readonly reservationId: string;
  readonly result: ChargeResult | 'REFUNDED';
}

/** What the payment service does outside its transactions, step by step. */
export function createCollecting({ payment, now }: FourServices, ledger: Ledger) {
  const calls: Call[] = [];
  const take = (call: Call) => calls.splice(calls.indexOf(call), 1);

  return {
    calls: (): readonly Call[] => calls,
    /** Payments that require a request to the provider, whether it has been sent or not. */
    unsettled: async (): Promise<Payment[]> =>
      (await payment.rows(tables.payment)).filter(
        ({ status }) => status === 'PENDING' || status === 'REFUNDING',
      ),
    ask: ({ reservationId, cost, status }: Payment): void => {
      if (status === 'PENDING') {
        calls.push({ reservationId, result: ledger.charge(reservationId, cost) });
      } else {
        ledger.refund(reservationId, cost);
        calls.push({ reservationId, result: 'REFUNDED' });
      }
    },
    respond: async (call: Call, which: number): Promise<void> => {
      take(call);
      const { reservationId, result } = call;
      const at = now().toISOString();
      await payment.store(which).transact({
        keys: { payment: reservationId },
        decide: (known) => ({
          ...(result === 'REFUNDED' ? recordRefund(known, at) : recordCharge(known, result, at)),
          result: undefined,
        }),
      });
    },
    lose: take,
  };
}

export type Collecting = ReturnType<typeof createCollecting>;
