import { happened, scenarios } from '@airline/testing/scenario';
import type { Payment, PaymentState, PaymentStatus } from './domain/model.ts';
import { whenRemainingSeatsDecreased } from './policies/when-remaining-seats-decreased.ts';
import { whenReservationCanceled } from './policies/when-reservation-canceled.ts';
import { tables } from './store/tables.ts';

export const { given } = scenarios<PaymentState>(tables);

export const HELD_AT = '2024-11-21T10:00:00.000Z';
export const SETTLED_AT = '2024-11-21T10:00:01.000Z';
export const CANCELED_AT = '2024-11-21T10:00:02.000Z';

/** The payment of three seats of 200000 each, by its status. */
export const payment = (status: PaymentStatus, but: Partial<Payment> = {}): Payment => ({
  reservationId: 'r1',
  id: 'r1',
  customerId: 'c1',
  cost: 600_000,
  currency: 'EUR',
  status,
  canceled: 0,
  openCharges: status === 'VOID' ? 0 : 1,
  paidAt: null,
  refundedAt: null,
  updatedAt: HELD_AT,
  ...but,
});

/** The data of its events. */
export const facts = {
  paymentId: 'r1',
  reservationId: 'r1',
  customerId: 'c1',
  cost: 600_000,
  currency: 'EUR',
};

export const seatsHeld = (cost = 200_000) =>
  whenRemainingSeatsDecreased(
    happened(
      'RemainingSeatsDecreased',
      {
        flightId: 'f1',
        reservationId: 'r1',
        customerId: 'c1',
        seatQty: 3,
        cost,
        currency: 'EUR',
        remainingSeatsCount: 2,
      },
      { time: HELD_AT },
    ),
  );

export const canceled = whenReservationCanceled(
  happened(
    'ReservationCanceled',
    { reservationId: 'r1', customerId: 'c1', flightId: 'f1', seatQty: 3, reason: 'CUSTOMER' },
    { time: CANCELED_AT },
  ),
);
