import { join } from 'node:path';
import type { Service } from '@airline/schema/events';
import Database from 'better-sqlite3';
import type { Rows } from './invariants.ts';

/** Runs one query, in the SQL that both databases understand, in a service's database. */
export type Select = <Row>(service: Service, query: string) => Promise<Row[]>;

/** What stands in the four databases, read while their services run. */
export async function rowsInDatabases(select: Select): Promise<Rows> {
  const [flights, holds, reservations, payments, infos] = await Promise.all([
    select<Rows['flights'][number]>(
      'flight',
      `select id, cast(cost as int) as cost, cast(capacity as int) as capacity,
         cast(remaining_seats_count as int) as "remainingSeatsCount" from flight`,
    ),
    select<NonNullable<Rows['holds']>[number]>(
      'flight',
      `select reservation_id as "reservationId", flight_id as "flightId", cast(seat_qty as int) as "seatQty",
         cast(cost as int) as cost, status from seat_hold`,
    ),
    select<Rows['reservations'][number]>(
      'reservation',
      `select id, customer_id as "customerId", flight_id as "flightId", cast(seat_qty as int) as "seatQty",
         reserve_date as "reserveDate", status, cancel_reason as "cancelReason" from reservation`,
    ),
    select<Rows['payments'][number]>(
      'payment',
      `select reservation_id as "reservationId", customer_id as "customerId", cast(cost as int) as cost, status
         from payment`,
    ),
    select<Rows['infos'][number]>(
      'dashboard',
      `select customer_id as "customerId", cast(flight_count as int) as "flightCount",
         recent_reserve_date as "recentReserveDate", cast(canceled_count as int) as "canceledCount" from customer_info`,
    ),
  ]);
  return { flights, holds, reservations, payments, infos };
}

/** For SQLite files in a folder. */
export function selectInFiles(folder: string): Select {
  return async <Row>(service: Service, query: string) => {
    const database = new Database(join(folder, `${service}.sqlite`), { readonly: true, timeout: 5000 });
    try {
      return database.prepare(query).all() as Row[];
    } finally {
      database.close();
    }
  };
}
