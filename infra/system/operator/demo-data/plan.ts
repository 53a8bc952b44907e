import { pick, seeded } from '@airline/testing';
import { customerNames } from './names.ts';

export interface DemoOptions {
  readonly flights: number;
  readonly bookings: number;
  readonly customers: number;
  readonly seed: number;
  /** The day on which customers book, `YYYY-MM-DD`. */
  readonly date: string;
}

/** As `RegisterFlightInput`. */
export interface DemoFlight {
  readonly flightCode: string;
  readonly takeoffDate: string;
  readonly cost: number;
  readonly remainingSeatsCount: number;
}

export interface DemoBooking {
  readonly customerId: string;
  /** The place of its flight in the list. */
  readonly flight: number;
  readonly seatQty: number;
  readonly reserveDate: string;
  readonly idempotencyKey: string;
  /** Whether the customer cancels in the end. */
  readonly isCanceled: boolean;
}

const AIRLINES = ['KE', 'OZ', '7C', 'LJ', 'TW', 'ZE', 'BX', 'JL', 'NH', 'UA', 'DL', 'AF', 'LH', 'SQ', 'CX'];

/** What flies where: seats, and prices of a seat in won. */
const ROUTES = [
  { seats: [50, 72, 78], from: 39_000, to: 95_000 },
  { seats: [174, 180, 189], from: 62_000, to: 240_000 },
  { seats: [276, 284, 291], from: 190_000, to: 680_000 },
  { seats: [338, 368, 407], from: 720_000, to: 2_400_000 },
] as const;

/** One in forty flights is one that everybody wants: it has few seats, and a third of the bookings. */
const isWanted = (flight: number) => flight % 40 === 0;

/** A share of bookings that customers cancel, and one that are for a flight that has departed. */
const CANCELED = 0.04;
const DEPARTED = 0.004;

/** All flights, each of another code or day; the same for the same options. */
export function demoFlights({ flights, seed, date }: DemoOptions): DemoFlight[] {
  const random = seeded(seed);
  return Array.from({ length: flights }, (_, index) => {
    const route = isWanted(index) ? ROUTES[0] : pick(ROUTES, random);
    const number = 101 + (Math.floor(index / AIRLINES.length) % 899);
    return {
      flightCode: `${AIRLINES[index % AIRLINES.length]}${number}`,
      takeoffDate: dayAfter(date, 1 + Math.floor(random() * 330)),
      cost: Math.round((route.from + random() ** 2 * (route.to - route.from)) / 100) * 100,
      remainingSeatsCount: pick(route.seats, random),
    };
  }).map(withOwnDay());
}

/** A code flies once a day. */
function withOwnDay() {
  const taken = new Set<string>();
  return (flight: DemoFlight): DemoFlight => {
    let { takeoffDate } = flight;
    while (taken.has(`${flight.flightCode} ${takeoffDate}`)) takeoffDate = dayAfter(takeoffDate, 1);
    taken.add(`${flight.flightCode} ${takeoffDate}`);
    return { ...flight, takeoffDate };
  };
}

/** One booking after the other; the same for the same options, and more of them for a higher number. */
export function* demoBookings(options: DemoOptions, flights: readonly DemoFlight[]): Generator<DemoBooking> {
  const { bookings, seed, date } = options;
  const random = seeded(seed + 1);
  const customers = customerNames(options.customers);
  const wanted = flights.flatMap((_, index) => (isWanted(index) ? [index] : []));
  const which = `${seed} ${date} ${flights.length} ${customers.length}`;
  for (let number = 0; number < bookings; number += 1) {
    const flight = random() < 0.33 ? pick(wanted, random) : Math.floor(random() * flights.length);
    // A few customers book often.
    const customerId = customers[Math.floor(random() ** 1.7 * customers.length)] ?? '';
    const isLate = random() < DEPARTED;
    const takeoffDate = flights[flight]?.takeoffDate ?? date;
    yield {
      customerId,
      flight,
      seatQty: pick([1, 1, 1, 1, 2, 2, 2, 3, 4, 6], random),
      reserveDate: isLate ? dayAfter(takeoffDate, 1) : dayAfter(date, -Math.floor(random() * 30)),
      idempotencyKey: `demo ${which} ${number}`,
      isCanceled: random() < CANCELED,
    };
  }
}

function dayAfter(date: string, days: number): string {
  const day = new Date(`${date}T00:00:00.000Z`);
  day.setUTCDate(day.getUTCDate() + days);
  return day.toISOString().slice(0, 10);
}
