import {
  AT,
  markOf,
  type Permitted,
  type PersonalData,
  type RowsOfBookings,
  rankOf,
  references,
  reservationIds,
  type Values,
} from '@airline/testing/ownership';
import type { ReservationState } from './domain/model.ts';

export const rowsOf: RowsOfBookings<ReservationState> = (booked) => ({
  reservation: booked.map(({ id, owner, status, index }) => ({
    id,
    customerId: owner,
    flightId: `f${markOf(owner)}`,
    seatQty: rankOf(owner) * 100 + index,
    reserveDate: '2024-11-21',
    status,
    cancelReason: status === 'CANCELED' ? ('CUSTOMER' as const) : null,
    placedAt: AT,
    updatedAt: AT,
  })),
  idempotencyRecord: booked
    .filter(({ key }) => key)
    .map(({ id, owner }) => ({
      id: JSON.stringify([owner, `key ${id}`]),
      reservationId: id,
      request: JSON.stringify(['f1', 1, null]),
    })),
});

export const values: Values = {
  idempotencyKey: [null, ...reservationIds.slice(0, 4).map((id) => `key ${id}`), 'fresh'],
  awaitOutcome: [false],
  reference: references,
  placedFrom: [AT, null],
  placedTo: [AT, null, '2024-11-21T10:00:01Z'],
};

export const personalData: PersonalData<ReservationState> = {
  reservation: {
    customerId: 'kept: accounting law',
    reserveDate: 'kept: accounting law',
    cancelReason: 'kept: accounting law',
  },
  idempotencyRecord: {
    id: 'not shown: part of the booking',
    request: 'not shown: part of the booking',
  },
};

export const permitted: readonly Permitted[] = [
  {
    to: ['customer', 'staff'],
    fields: /Mutation\.(placeReservation|cancelReservation)|(PlaceReservation|CancelReservation)Payload\.\w+/,
  },
];
