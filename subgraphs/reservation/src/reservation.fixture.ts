import { scenarios } from '@airline/testing/scenario';
import type { Reservation, ReservationState } from './domain/model.ts';
import { tables } from './store/tables.ts';

export const { given } = scenarios<ReservationState>(tables);

export const PLACED_AT = '2024-11-21T10:00:00.000Z';
export const LATER = '2024-11-21T10:00:05.000Z';

export const command = { customerId: 'c1', flightId: 'f1', seatQty: 3, reserveDate: '2024-11-21' };

export const pending: Reservation = {
  id: 'r1',
  ...command,
  status: 'PENDING',
  cancelReason: null,
  placedAt: PLACED_AT,
  updatedAt: PLACED_AT,
};

export const succeeded: Reservation = { ...pending, status: 'SUCCEED', updatedAt: LATER };

export const canceledFor = (reason: NonNullable<Reservation['cancelReason']>): Reservation => ({
  ...pending,
  status: 'CANCELED',
  cancelReason: reason,
  updatedAt: LATER,
});

export const reservationCanceled = (reason: NonNullable<Reservation['cancelReason']>) =>
  ({
    type: 'ReservationCanceled',
    data: { reservationId: 'r1', customerId: 'c1', flightId: 'f1', seatQty: 3, reason },
  }) as const;
