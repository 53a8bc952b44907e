import type { Policies } from '@airline/messaging';
import type { PaymentState } from '../domain/model.ts';
import { whenRemainingSeatsDecreased } from './when-remaining-seats-decreased.ts';
import { whenReservationCanceled } from './when-reservation-canceled.ts';

/** `newId` makes UUIDv7s. */
export const policies = (newId: () => string): Policies<PaymentState> => ({
  RemainingSeatsDecreased: whenRemainingSeatsDecreased(newId),
  ReservationCanceled: whenReservationCanceled(newId),
});
