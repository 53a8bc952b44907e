export type ChargeResult = 'PAID' | 'DECLINED';

/** A payment provider that keeps books: the same key again is the same charge or refund. */
export function createLedger(resultOf: (reservationId: string) => ChargeResult) {
  const charges = new Map<string, number>();
  const refunds = new Map<string, number>();

  function once(book: Map<string, number>, reservationId: string, amount: number): void {
    const before = book.get(reservationId);
    if (before !== undefined && before !== amount) {
      throw new Error(`${reservationId} is asked for ${before} first, then for ${amount}.`);
    }
    book.set(reservationId, amount);
  }

  return {
    charge: (reservationId: string, amount: number): ChargeResult => {
      const chargeResult = resultOf(reservationId);
      if (chargeResult === 'PAID') once(charges, reservationId, amount);
      return chargeResult;
    },
    refund: (reservationId: string, amount: number): void => {
      if (!charges.has(reservationId))
        throw new Error(`${reservationId} was never charged, but is refunded.`);
      once(refunds, reservationId, amount);
    },
    /** What a reservation has cost its customer in the end. */
    balance: (reservationId: string): number =>
      (charges.get(reservationId) ?? 0) - (refunds.get(reservationId) ?? 0),
  };
}

export type Ledger = ReturnType<typeof createLedger>;
