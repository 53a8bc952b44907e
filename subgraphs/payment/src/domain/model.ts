import type { DomainEvent } from '@airline/schema/events';

/**
 * `PENDING` becomes `PAID` or `DECLINED`; a `PAID` one whose reservation is canceled becomes `REFUNDING`, then
 * `REFUNDED`. `VOID` is a cancellation that arrived before there was anything to pay: nothing ever will be.
 */
export type PaymentStatus = 'PENDING' | 'PAID' | 'DECLINED' | 'REFUNDING' | 'REFUNDED' | 'VOID';

/** The one payment of a reservation. */
export interface Payment {
  readonly reservationId: string;
  readonly id: string;
  readonly customerId: string;
  /** The whole sum, in the smallest unit of the currency. */
  readonly cost: number;
  readonly status: PaymentStatus;
  /** 1 once the reservation is canceled, 0 before: a charge that succeeds after that goes back. */
  readonly canceled: number;
  /** RFC 3339, UTC. */
  readonly paidAt: string | null;
  readonly refundedAt: string | null;
  readonly updatedAt: string;
}

export type PaymentState = {
  readonly payment: Payment;
};

type PaymentEvent = DomainEvent<'Paid' | 'PaymentDeclined' | 'PaymentRefunded'>;

export type Known = Partial<PaymentState>;

export interface Decision {
  readonly write?: Known;
  readonly publish?: readonly PaymentEvent[];
}

/**
 * A payment's id follows from its reservation, which has one at most: a decision that is made again, on any replica and
 * in any order, names the same payment. It is a UUIDv7 as its reservation's is.
 */
export const paymentIdOf = (reservationId: string): string => reservationId;

/** What an event says of a payment. */
export const factsOf = ({ id, reservationId, customerId, cost }: Payment) => ({
  paymentId: id,
  reservationId,
  customerId,
  cost,
});
