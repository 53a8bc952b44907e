import type { Policy } from '@airline/messaging';
import { cancel } from '../domain/cancel.ts';
import type { ReservationState } from '../domain/model.ts';

export const whenSeatsSoldOut: Policy<ReservationState, 'SeatsSoldOut'> = ({ data, time }) => ({
  keys: { reservation: data.reservationId },
  decide: (known) => cancel(known, data.reason, time),
});
