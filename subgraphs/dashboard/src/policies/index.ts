import type { Policies } from '@airline/messaging';
import type { DashboardState } from '../domain/model.ts';
import { whenReservationCanceled } from './when-reservation-canceled.ts';
import { whenReservationPlaced } from './when-reservation-placed.ts';
import { whenReservationSucceeded } from './when-reservation-succeeded.ts';
import { whenSagaGoesOn } from './when-saga-goes-on.ts';

export const policies: Policies<DashboardState> = {
  ReservationPlaced: whenReservationPlaced,
  ReservationSucceeded: whenReservationSucceeded,
  ReservationCanceled: whenReservationCanceled,
  RemainingSeatsDecreased: whenSagaGoesOn,
  RemainingSeatsIncreased: whenSagaGoesOn,
  SeatsSoldOut: whenSagaGoesOn,
  Paid: whenSagaGoesOn,
  PaymentDeclined: whenSagaGoesOn,
  PaymentRefunded: whenSagaGoesOn,
};
