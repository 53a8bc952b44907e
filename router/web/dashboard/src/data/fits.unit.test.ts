import { expect, test } from 'vitest';
import type { CustomerInfoFilter, FlightFilter, ReservationFilter } from '../generated/graphql.ts';
import { fitsCustomer, fitsFlight, fitsReservation, fitting } from './fits.ts';
import { at, customer, flight, reservation } from './rows.fixture.ts';

/** Of each field, values that fit the row of the fixture, and values that do not. */
type Values<Filter> = { readonly [Field in keyof Filter]-?: readonly [fit: unknown[], unfit: unknown[]] };

const ofFlights: Values<FlightFilter> = {
  flightCode: [['ACE890'], ['ace890', 'ACE89', '']],
  flightCodePrefix: [
    ['ace', 'ACE890', ''],
    ['KE', 'ACE8901'],
  ],
  takeoffDateFrom: [['2026-12-24', '2026-12-25'], ['2026-12-26']],
  takeoffDateTo: [['2026-12-25', '2026-12-26'], ['2026-12-24']],
  minRemainingSeats: [[0, 5], [6]],
  costTo: [
    [200_000, 200_001],
    [0, 199_999],
  ],
  currency: [['KRW'], ['AUD', 'USD']],
};
const ofReservations: Values<ReservationFilter> = {
  reference: [['0000-00r1', '000000RI'], ['0000-00R2']],
  customerId: [['c1'], ['c0', 'c2']],
  flightId: [['f1'], ['f0', 'f2']],
  status: [['PENDING'], ['CANCELED', 'SUCCEED']],
  cancelReason: [[null], ['CUSTOMER']],
  placedFrom: [[at(-1), at(0)], [at(1)]],
  placedTo: [[at(1)], [at(-1), at(0)]],
};
const ofCustomers: Values<CustomerInfoFilter> = {
  customerIdPrefix: [
    ['c', 'c1', ''],
    ['C1', 'c12'],
  ],
};

test.each([
  ['flight', ofFlights, (filter: object) => fitsFlight(flight(), filter)],
  ['reservation', ofReservations, (filter: object) => fitsReservation(reservation(), filter)],
  ['customer', ofCustomers, (filter: object) => fitsCustomer(customer(), filter)],
])('a %s fits by each field of the filter', (_kind, values, fits) => {
  for (const [field, [fit, unfit]] of Object.entries(values)) {
    const fitting = (each: unknown) => fits({ [field]: each });
    expect([null, ...fit, ...unfit].filter(fitting), field).toEqual([null, ...fit]);
  }
});

test('a field that pushed rows would ignore is a type error', () => {
  // @ts-expect-error: Property 'area' is missing
  expect(fitting<object, { area?: string }>({})({}, { area: 'b' })).toBe(true);
});
