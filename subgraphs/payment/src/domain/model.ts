import type { DomainEvent } from '@airline/schema/events';

/**
 * `PENDING` becomes `PAID` or `DECLINED`; a `PAID` one whose reservation is canceled becomes `REFUNDING`, then
 * `REFUNDED`. `VOID` is the tombstone of a cancellation that arrived before its payment, or before the provider could have
 * the charge, and final.
 */
export type PaymentStatus = 'PENDING' | 'PAID' | 'DECLINED' | 'REFUNDING' | 'REFUNDED' | 'VOID';

/** The one payment of a reservation. */
export interface Payment {
  readonly reservationId: string;
  readonly id: string;
  readonly customerId: string;
  /** The amount, in the smallest unit of the currency. */
  readonly cost: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly status: PaymentStatus;
  /** 1 once the reservation is canceled, 0 before: a charge that succeeds after that is refunded. */
  readonly canceled: number;
  /** Calls for the charge that may be made, or may have been: 0 where the provider cannot have it. */
  readonly openCharges: number;
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
 * A payment's id is its reservation's, a UUIDv7: a reservation has one payment at most, and a retried decision, on any
 * replica and in any order, names the same one.
 */
export const paymentIdOf = (reservationId: string): string => reservationId;

/** The keys under which the provider charges and refunds a reservation, however often it is asked. */
export const chargeKeyOf = (reservationId: string): string => `charge:${reservationId}`;
export const refundKeyOf = (reservationId: string): string => `refund:${reservationId}`;

/** The data of a payment's events. */
export const factsOf = ({ id, reservationId, customerId, cost, currency }: Payment) => ({
  paymentId: id,
  reservationId,
  customerId,
  cost,
  currency,
});
