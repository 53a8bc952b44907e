import type { Policies } from '@airline/messaging';
import type { ReservationState } from '../domain/model.ts';
import { whenPaid } from './when-paid.ts';
import { whenPaymentDeclined } from './when-payment-declined.ts';
import { whenSeatsSoldOut } from './when-seats-sold-out.ts';

export const policies: Policies<ReservationState> = {
  SeatsSoldOut: whenSeatsSoldOut,
  Paid: whenPaid,
  PaymentDeclined: whenPaymentDeclined,
};
