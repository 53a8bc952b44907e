import type { Policy } from '@airline/messaging';
import type { ReservationState } from '../domain/model.ts';
import { succeed } from '../domain/succeed.ts';

export const whenPaid: Policy<ReservationState, 'Paid'> = ({ data, time }) => ({
  keys: { reservation: data.reservationId },
  decide: (known) => succeed(known, time),
});
