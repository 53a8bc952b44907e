import { join } from 'node:path';
import type { Service } from '@airline/schema/events';
import Database from 'better-sqlite3';
import type { Rows } from './invariants.ts';

/** What stands in the four databases, read while their services run. */
export function rowsInDatabases(folder: string): Rows {
  return {
    flights: select(
      folder,
      'flight',
      'select id, cost, capacity, remaining_seats_count as remainingSeatsCount from flight',
    ),
    holds: select(
      folder,
      'flight',
      `select reservation_id as reservationId, flight_id as flightId, seat_qty as seatQty, cost, status
         from seat_hold`,
    ),
    reservations: select(
      folder,
      'reservation',
      `select id, customer_id as customerId, flight_id as flightId, seat_qty as seatQty,
         reserve_date as reserveDate, status, cancel_reason as cancelReason from reservation`,
    ),
    payments: select(
      folder,
      'payment',
      'select reservation_id as reservationId, customer_id as customerId, cost, status from payment',
    ),
    infos: select(
      folder,
      'dashboard',
      `select customer_id as customerId, flight_count as flightCount, recent_reserve_date as recentReserveDate,
         canceled_count as canceledCount from customer_info`,
    ),
  };
}

function select<Row>(folder: string, service: Service, query: string): Row[] {
  const database = new Database(join(folder, `${service}.sqlite`), { readonly: true, timeout: 5000 });
  try {
    return database.prepare(query).all() as Row[];
  } finally {
    database.close();
  }
}
