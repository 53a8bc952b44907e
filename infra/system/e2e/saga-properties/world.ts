import fc from 'fast-check';
import type { ChargeResult } from './provider.ts';

/** A customer's booking for seats. */
export interface Booking {
  readonly customer: number;
  /** The flight's place in the world; one that is not there is unknown to the flight service. */
  readonly flight: number;
  readonly seatQty: number;
  /** Reserved for the day after take-off. */
  readonly late: boolean;
  /** Whether the provider will take the customer's money. */
  readonly chargeResult: ChargeResult;
  /** Placed twice, with an idempotency key. */
  readonly keyed: boolean;
}

/** What will be asked for in the course of a run; when each of it happens is the schedule's business. */
export interface World {
  readonly flights: readonly { readonly capacity: number; readonly cost: number }[];
  readonly bookings: readonly Booking[];
  /** Bookings that their customer cancels, perhaps more than once. */
  readonly cancellations: readonly number[];
  readonly changes: readonly {
    readonly flight: number;
    readonly capacity?: number;
    readonly cost?: number;
  }[];
  /** Whether reservations may expire. */
  readonly expiry: boolean;
}

const UNKNOWN_FLIGHT = 9;

export const TAKEOFF = '2025-12-25';
const DAY_AFTER = '2025-12-26';

/** Customers reserve on different days, before take-off unless they are late. */
export const reserveDateOf = ({ late }: Booking, index: number): string =>
  late ? DAY_AFTER : `2024-11-${11 + index}`;

const booking = fc.record<Booking>({
  customer: fc.nat(2),
  flight: fc.oneof(
    { weight: 6, arbitrary: fc.nat(1) },
    { weight: 1, arbitrary: fc.constant(UNKNOWN_FLIGHT) },
  ),
  seatQty: fc.integer({ min: 1, max: 4 }),
  late: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  chargeResult: fc.oneof(
    { weight: 3, arbitrary: fc.constant<ChargeResult>('PAID') },
    { weight: 1, arbitrary: fc.constant<ChargeResult>('DECLINED') },
  ),
  keyed: fc.boolean(),
});

const bookings = fc.array(booking, { minLength: 1, maxLength: 6, size: 'max' });
const twoFlights = (capacity: fc.Arbitrary<number>) =>
  fc.array(fc.record({ capacity, cost: fc.integer({ min: 0, max: 300 }) }), { minLength: 2, maxLength: 2 });

const cancellations = fc.array(fc.nat(5), { maxLength: 5, size: 'max' });

/** Everything at once: too few seats, changes of flights, cancellations, expiry. */
export const anyWorld: fc.Arbitrary<World> = fc.record({
  flights: twoFlights(fc.integer({ min: 0, max: 8 })),
  bookings,
  cancellations,
  changes: fc.array(
    fc.record(
      { flight: fc.nat(1), capacity: fc.integer({ min: 0, max: 8 }), cost: fc.integer({ min: 0, max: 300 }) },
      { requiredKeys: ['flight'] },
    ),
    { maxLength: 3 },
  ),
  expiry: fc.boolean(),
});

/** Seats for everybody: each saga ends as if it were alone. */
export const ampleWorld: fc.Arbitrary<World> = fc.record({
  flights: twoFlights(fc.integer({ min: 24, max: 30 })),
  bookings,
  cancellations,
  changes: fc.constant([]),
  expiry: fc.constant(false),
});

/** Every customer pays and none cancels, but there may be too few seats. */
export const scarceWorld = (most: number): fc.Arbitrary<World> =>
  fc.record({
    flights: twoFlights(fc.integer({ min: 0, max: 8 })),
    bookings: fc.array(
      fc.record<Booking>({
        customer: fc.nat(2),
        flight: fc.nat(1),
        seatQty: fc.integer({ min: 1, max: most }),
        late: fc.constant(false),
        chargeResult: fc.constant<ChargeResult>('PAID'),
        keyed: fc.constant(false),
      }),
      { minLength: 1, maxLength: 10, size: 'max' },
    ),
    cancellations: fc.constant([]),
    changes: fc.constant([]),
    expiry: fc.constant(false),
  });
