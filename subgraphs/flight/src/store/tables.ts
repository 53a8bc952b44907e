import { int, key, type Row, type Tables, table, text } from '@airline/database';
import type { FlightState, SeatHold } from '../domain/model.ts';

export const flight = table(
  'flight',
  {
    id: key(),
    flightCode: text(),
    takeoffDate: text(),
    cost: int(),
    capacity: int(),
    remainingSeatsCount: int(),
  },
  [{ on: ['flightCode'] }, { on: ['takeoffDate'] }],
);

export const hold = table('seat_hold', {
  reservationId: key(),
  flightId: text(),
  seatQty: int(),
  cost: int(),
  status: text<SeatHold['status']>(),
});

export const tables = { flight, hold } satisfies Tables<FlightState>;

export type FlightRow = Row<typeof flight>;
