import type { Policy } from '@airline/messaging';
import { intendCharge } from '../domain/intend-charge.ts';
import type { PaymentState } from '../domain/model.ts';

export const whenRemainingSeatsDecreased: Policy<PaymentState, 'RemainingSeatsDecreased'> = ({
  data,
  time,
}) => ({
  keys: { payment: data.reservationId },
  decide: (known) => intendCharge(known, data, time),
});
