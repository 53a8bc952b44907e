import type { Policy } from '@airline/messaging';
import { intendRefund } from '../domain/intend-refund.ts';
import type { PaymentState } from '../domain/model.ts';

export const whenReservationCanceled: Policy<PaymentState, 'ReservationCanceled'> = ({ data, time }) => ({
  keys: { payment: data.reservationId },
  decide: (known) => intendRefund(known, data, time),
});
