import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export interface Amount {
  readonly flights: number;
  readonly bookings: number;
  readonly customers: number;
}

const MINUTE_MS = 60_000;
/** Bookings of each of the last thirty minutes. */
const PER_MINUTE = 20;
const ROUTES = ['KE', 'OZ', 'LJ', 'TW', 'BX'];

/** An id as the services make them (RFC 9562, version 7), the same for the same arguments. */
export function idAt(ms: number, seed: string): string {
  const time = ms.toString(16).padStart(12, '0');
  const random = createHash('sha256').update(seed).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(0, 3)}-8${random.slice(3, 6)}-${random.slice(6, 18)}`;
}

export const codeOf = (index: number): string =>
  `${ROUTES[index % ROUTES.length]}${String(index).padStart(4, '0')}`;
export const customerOf = (index: number): string => `customer-${String(index).padStart(4, '0')}`;

/** The outcome of a booking. */
const outcomeOf = (index: number) =>
  index % 10 === 0
    ? (['CANCELED', 'PAYMENT_DECLINED'] as const)
    : index % 10 === 1
      ? (['CANCELED', 'CUSTOMER'] as const)
      : (['SUCCEED', null] as const);

/** Writes rows into the databases of a system that runs on SQLite, which its services would have after as many bookings. */
export function writeRows(folder: string, amount: Amount, now = Date.now()) {
  const write = (service: string, table: string, rows: Rows) => {
    const database = new Database(join(folder, `${service}.sqlite`), { timeout: 30_000 });
    database.transaction(() => {
      for (const row of rows) {
        const names = Object.keys(row);
        const values = names.map((name) => `@${name}`);
        database.prepare(`INSERT INTO ${table} (${names}) VALUES (${values})`).run(row);
      }
    })();
    database.close();
  };
  const flights = flightsOf(amount, now);
  const flightIds = flights.map(({ id }) => id);
  const reservations = reservationsOf(amount, flightIds, now);
  write('flight', 'flight', flights);
  write('reservation', 'reservation', reservations);
  write('dashboard', 'customer_info', customerInfosOf(reservations, now));
  write('dashboard', 'statistics_total', [totalOf(reservations)]);
  write('dashboard', 'statistics_minute', minutesOf(reservations));
  return { flightIds, reservations };
}

type Rows = Iterable<Readonly<Record<string, unknown>>>;
type Reservations = ReturnType<typeof reservationsOf>;

/** The day so many days from now, as the services write it. */
const day = (now: number, index: number) =>
  new Date(now + (index % 200) * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10);

const flightsOf = ({ flights }: Amount, now: number) =>
  Array.from({ length: flights }, (_, index) => ({
    id: idAt(now - 90 * 24 * 60 * MINUTE_MS + index * MINUTE_MS, `flight ${index}`),
    flight_code: codeOf(index),
    takeoff_date: day(now, index),
    cost: 100_000 + index * 10,
    capacity: 180,
    remaining_seats_count: index % 181,
  }));

/** The last ones are placed at some second of the minutes before this one. */
function reservationsOf({ flights, bookings, customers }: Amount, flightIds: readonly string[], now: number) {
  const placedAt = (index: number) => {
    const fromEnd = bookings - 1 - index;
    return (
      Math.floor(now / MINUTE_MS) * MINUTE_MS -
      (1 + Math.floor(fromEnd / PER_MINUTE)) * MINUTE_MS +
      59_000 -
      (fromEnd % PER_MINUTE) * 1_000
    );
  };
  return Array.from({ length: bookings }, (_, index) => {
    const [status, reason] = outcomeOf(index);
    const at = new Date(placedAt(index)).toISOString();
    return {
      id: idAt(placedAt(index), `booking ${index}`),
      customer_id: customerOf(index % customers),
      flight_id: flightIds[index % flights],
      seat_qty: 1 + (index % 4),
      reserve_date: day(now, 0),
      status,
      cancel_reason: reason,
      placed_at: at,
      updated_at: at,
    };
  });
}

function customerInfosOf(reservations: Reservations, now: number): Rows {
  const infos = new Map<string, { flight_count: number; canceled_count: number; updated_at: string }>();
  for (const { customer_id, status, updated_at } of reservations) {
    const { flight_count = 0, canceled_count = 0 } = infos.get(customer_id) ?? {};
    const canceled = canceled_count + Number(status === 'CANCELED');
    infos.set(customer_id, { flight_count: flight_count + 1, canceled_count: canceled, updated_at });
  }
  return [...infos].map(([customer_id, info]) => ({
    customer_id,
    recent_reserve_date: day(now, 0),
    ...info,
  }));
}

function totalOf(reservations: Reservations) {
  const placed = reservations.length;
  const canceled = reservations.filter(({ status }) => status === 'CANCELED').length;
  return { id: 'all', placed, succeeded: placed - canceled, canceled };
}

function minutesOf(reservations: Reservations): Rows {
  const tallies = new Map<string, number>();
  for (const { placed_at, cancel_reason } of reservations)
    for (const what of ['PLACED', cancel_reason ?? 'SUCCEED']) {
      const id = `${placed_at.slice(0, 16)} ${what}`;
      tallies.set(id, (tallies.get(id) ?? 0) + 1);
    }
  return [...tallies].map(([id, count]) => ({ id, count }));
}
