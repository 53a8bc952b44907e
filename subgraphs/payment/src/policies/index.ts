import type { Policies } from '@airline/messaging';
import type { PaymentState } from '../domain/model.ts';
import { whenRemainingSeatsDecreased } from './when-remaining-seats-decreased.ts';
import { whenReservationCanceled } from './when-reservation-canceled.ts';

export const policies: Policies<PaymentState> = {
  RemainingSeatsDecreased: whenRemainingSeatsDecreased,
  ReservationCanceled: whenReservationCanceled,
};
