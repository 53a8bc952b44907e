import type { Policies } from '@airline/messaging';
import type { FlightState } from '../domain/model.ts';
import { whenReservationCanceled } from './when-reservation-canceled.ts';
import { whenReservationPlaced } from './when-reservation-placed.ts';

export const policies: Policies<FlightState> = {
  ReservationPlaced: whenReservationPlaced,
  ReservationCanceled: whenReservationCanceled,
};
