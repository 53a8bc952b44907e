import type { Policy } from '@airline/messaging';
import { cancel } from '../domain/cancel.ts';
import type { ReservationState } from '../domain/model.ts';

export const whenPaymentDeclined: Policy<ReservationState, 'PaymentDeclined'> = ({ data, time }) => ({
  keys: { reservation: data.reservationId },
  decide: (known) => cancel(known, 'PAYMENT_DECLINED', time),
});
