import { flightIds, type RowsOfBookings } from '@airline/testing/ownership';
import type { FlightState } from './domain/model.ts';

/** Flights are everybody's. */
export const rowsOf: RowsOfBookings<FlightState> = () => ({
  flight: flightIds.slice(1).map((id) => ({
    id,
    flightCode: 'ACE890',
    takeoffDate: '2025-12-25',
    cost: 7,
    currency: 'KRW',
    capacity: 500,
    remainingSeatsCount: 300,
  })),
  hold: 'no query reads them',
});
