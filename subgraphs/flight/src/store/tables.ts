import { type Expression, int, key, type Row, type Tables, table, text } from '@airline/database';
import { sql } from 'drizzle-orm';
import type { FlightState, SeatHold } from '../domain/model.ts';

/** The flight code in capital letters: those of ASCII in both databases. */
const code = {
  name: 'code',
  of: 'flightCode',
  sql: (flightCode) => sql`upper(${flightCode})`,
} satisfies Expression<'flightCode'>;

// A change of the remaining seats, which each event is, writes no index.
export const flight = table(
  'flight',
  {
    id: key(),
    flightCode: text(),
    takeoffDate: text(),
    cost: int(),
    currency: text({ default: 'KRW' }),
    capacity: int(),
    remainingSeatsCount: int(),
  },
  [{ on: [code, 'id'] }, { on: ['takeoffDate', 'id'] }, { on: ['cost', 'id'] }],
);

export const flightCodeInCapitals = code.sql(flight.flightCode);
export const inCapitals = (flightCode: string) =>
  flightCode.replaceAll(/[a-z]/g, (letter) => letter.toUpperCase());

export const hold = table('seat_hold', {
  reservationId: key(),
  flightId: text(),
  seatQty: int(),
  cost: int(),
  status: text<SeatHold['status']>(),
});

export const tables = { flight, hold } satisfies Tables<FlightState>;

export type FlightRow = Row<typeof flight>;
