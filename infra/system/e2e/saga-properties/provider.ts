import type { ProviderRequest, RefundRequest } from '@airline/payment/adapters/provider';
import { chargeKeyOf } from '@airline/payment/domain/model';
import { present } from '@airline/testing';

export type ChargeResult = 'PAID' | 'DECLINED';

interface Move {
  /** Negative where it is given back. */
  readonly amount: number;
  readonly currency: string;
  readonly chargeKey: string;
}

/** The books of a payment provider: the same key again is the same charge or refund. */
export function createLedger(resultOf: (chargeKey: string) => ChargeResult) {
  const moves = new Map<string, Move>();

  function once(key: string, move: Move): void {
    const before = moves.get(key) ?? move;
    if (before.amount !== move.amount || before.currency !== move.currency) {
      throw new Error(`${key} is asked for ${inWords(before)} first, then for ${inWords(move)}.`);
    }
    moves.set(key, move);
  }

  return {
    charge: ({ idempotencyKey, amount, currency }: ProviderRequest): ChargeResult => {
      const chargeResult = resultOf(idempotencyKey);
      if (chargeResult === 'PAID') once(idempotencyKey, { amount, currency, chargeKey: idempotencyKey });
      return chargeResult;
    },
    refund: ({ idempotencyKey, chargeKey, amount, currency }: RefundRequest): void => {
      const charged = present(moves.get(chargeKey), `the charge ${chargeKey}, which is refunded`);
      if (charged.currency !== currency) throw new Error(`${chargeKey} is given back in ${currency}.`);
      once(idempotencyKey, { amount: -amount, currency, chargeKey });
    },
    /** What a reservation has cost its customer in the end. */
    balance: (reservationId: string): number =>
      [...moves.values()]
        .filter(({ chargeKey }) => chargeKey === chargeKeyOf(reservationId))
        .reduce((sum, { amount }) => sum + amount, 0),
  };
}

const inWords = ({ amount, currency }: Move) => `${amount} ${currency}`;

export type Ledger = ReturnType<typeof createLedger>;
