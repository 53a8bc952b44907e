import type { Payment } from '@airline/payment/domain/model';
import { recordCharge } from '@airline/payment/domain/record-charge';
import { recordRefund } from '@airline/payment/domain/record-refund';
import { tables } from '@airline/payment/store/tables';
import type { FourServices } from './four-services.ts';
import type { Answer, Ledger } from './provider.ts';

/** The provider was asked and its answer is under way; the process that asked may die before it comes. */
export interface Call {
  readonly reservationId: string;
  readonly answer: Answer | 'REFUNDED';
}

/** What the payment service does outside its transactions, step by step. */
export function createCollecting({ payment, now }: FourServices, ledger: Ledger) {
  const calls: Call[] = [];
  const take = (call: Call) => calls.splice(calls.indexOf(call), 1);

  return {
    calls: (): readonly Call[] => calls,
    /** Payments that want something of the provider, whether it has been asked for or not. */
    unsettled: async (): Promise<Payment[]> =>
      (await payment.rows(tables.payment)).filter(
        ({ status }) => status === 'PENDING' || status === 'REFUNDING',
      ),
    ask: ({ reservationId, cost, status }: Payment): void => {
      if (status === 'PENDING') {
        calls.push({ reservationId, answer: ledger.charge(reservationId, cost) });
      } else {
        ledger.refund(reservationId, cost);
        calls.push({ reservationId, answer: 'REFUNDED' });
      }
    },
    answer: async (call: Call, which: number): Promise<void> => {
      take(call);
      const { reservationId, answer } = call;
      const at = now().toISOString();
      await payment.store(which).transact({
        keys: { payment: reservationId },
        decide: (known) => ({
          ...(answer === 'REFUNDED' ? recordRefund(known, at) : recordCharge(known, answer, at)),
          result: undefined,
        }),
      });
    },
    lose: take,
  };
}

export type Collecting = ReturnType<typeof createCollecting>;
