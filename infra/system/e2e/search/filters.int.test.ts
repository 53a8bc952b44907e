import { subgraph as dashboard } from '@airline/dashboard';
import type { CustomerInfoFilter } from '@airline/dashboard/generated/resolvers';
import { createDashboardRepository } from '@airline/dashboard/store/repository';
import { firstUuidAt, type Reader } from '@airline/database';
import { subgraph as flight } from '@airline/flight';
import type { FlightFilter } from '@airline/flight/generated/resolvers';
import { createFlightRepository } from '@airline/flight/store/repository';
import { subgraph as payment } from '@airline/payment';
import type { PaymentFilter } from '@airline/payment/generated/resolvers';
import { createPaymentRepository } from '@airline/payment/store/repository';
import { subgraph as reservation } from '@airline/reservation';
import type { ReservationFilter } from '@airline/reservation/generated/resolvers';
import { createReservationRepository } from '@airline/reservation/store/repository';
import { everyone } from '@airline/service';
import { requires, startPostgresServer } from '@airline/testing';
import { queryPlans } from '@airline/testing/query-plans';
import { type SubgraphClient, serve } from '@airline/testing/serve';
import { beforeAll, describe, expect, test } from 'vitest';

// Each field of each filter finds some rows and leaves others out. Of the rows `a`, `b` and `c`, each value of `b` sorts between
// those of the two: by what the value of `b` finds, =, <, <=, > and >= differ.

/** Of each field, the value of `b`, and whose rows it finds: never all; and where they are found without an index, why. */
type Cases<Filter> = {
  readonly [Field in keyof Filter]-?: readonly [
    value: unknown,
    finds: 'a' | 'b' | 'c' | 'ab' | 'bc',
    scan?: string,
  ];
};

const MANY = 'many rows fit, so that a page in the order of the key has soon been found';

const day = (n: number) => `2025-01-0${n}`;
const instant = (n: number) => `${day(n)}T00:00:00.000Z`;

const flights = (['EUR', 'KRW', 'USD'] as const).map((currency, index) => ({
  id: 'abc'.charAt(index),
  flightCode: `KE${index + 1}`,
  takeoffDate: day(index + 1),
  cost: 10 * (index + 1),
  currency,
  capacity: 9,
  remainingSeatsCount: index + 1,
}));
const byFlight: Cases<FlightFilter> = {
  flightCode: ['KE2', 'b'],
  flightCodePrefix: ['ke2', 'b'],
  takeoffDateFrom: [day(2), 'bc', MANY],
  takeoffDateTo: [day(2), 'ab', MANY],
  costTo: [20, 'ab', MANY],
  currency: ['KRW', 'b', MANY],
  minRemainingSeats: [2, 'bc', 'an index of what each booking changes would cost each'],
};

/** No decision makes all of these; what is read does not depend on it. */
const reservations = (
  [
    ['CANCELED', 'CUSTOMER'],
    ['PENDING', 'EXPIRED'],
    ['SUCCEED', 'PAYMENT_DECLINED'],
  ] as const
).map(([status, cancelReason], index) => ({
  id: `${firstUuidAt(new Date(instant(index + 1)))}-7000-8000-00000000000${index + 1}`,
  customerId: 'abc'.charAt(index),
  flightId: `f${index + 1}`,
  seatQty: 1,
  reserveDate: day(1),
  status,
  cancelReason,
  placedAt: instant(index + 1),
  updatedAt: instant(index + 1),
}));
const byReservation: Cases<ReservationFilter> = {
  customerId: ['b', 'b'],
  flightId: ['f2', 'b'],
  status: ['PENDING', 'b'],
  cancelReason: ['EXPIRED', 'b'],
  reference: ['0000-0002', 'b'],
  placedFrom: [instant(2), 'bc'],
  placedTo: [instant(2), 'a'],
};

const payments = (['DECLINED', 'PAID', 'REFUNDED'] as const).map((status, index) => ({
  reservationId: `r${index}`,
  id: 'abc'.charAt(index),
  customerId: 'abc'.charAt(index),
  cost: 1,
  currency: 'KRW',
  status,
  canceled: 0,
  openCharges: 0,
  paidAt: null,
  refundedAt: null,
  updatedAt: instant(1),
}));
const byPayment: Cases<PaymentFilter> = { customerId: ['b', 'b'], status: ['PAID', 'b'] };

const infos = ['a', 'b', 'c'].map((customerId) => ({
  customerId,
  flightCount: 1,
  recentReserveDate: null,
  canceledCount: 0,
  updatedAt: instant(1),
}));
const byCustomerInfo: Cases<CustomerInfoFilter> = { customerIdPrefix: ['b', 'b'] };

const now = () => new Date(instant(3));

type Env = Readonly<Record<string, string>>;

const lists: readonly [string, string, object, (env: Env) => Promise<SubgraphClient>][] = [
  ['flights', 'Flight', byFlight, (env) => serve(flight, { rows: { flight: flights }, env })],
  [
    'reservations',
    'Reservation',
    byReservation,
    (env) => serve(reservation, { rows: { reservation: reservations }, env, now }),
  ],
  ['payments', 'Payment', byPayment, (env) => serve(payment, { rows: { payment: payments }, env, now })],
  [
    'customerInfos',
    'CustomerInfo',
    byCustomerInfo,
    (env) => serve(dashboard, { rows: { info: infos }, env }),
  ],
];

for (const [database, options] of [
  ['SQLite', {}],
  ['PostgreSQL', requires('postgres').options],
] as const)
  describe(`on ${database}`, options, () => {
    /** Where each service has a schema of one database; empty: in a file each. */
    let env: Env = {};

    beforeAll(async () => {
      if (database === 'SQLite') return undefined;
      const server = await startPostgresServer();
      const url = await server.createDatabase();
      env = { FLIGHT_DB_URL: url, RESERVATION_DB_URL: url, PAYMENT_DB_URL: url, DASHBOARD_DB_URL: url };
      return () => server[Symbol.asyncDispose]();
    });

    test.each(lists)('%s are found by each field of their filter', async (list, type, cases, start) => {
      const { ask } = await start(env);
      const name = type === 'Flight' || type === 'Payment' ? 'id' : 'customerId';
      const query = `query ($filter: ${type}Filter) { found: ${list}(filter: $filter) { nodes { name: ${name} } totalCount } }`;
      for (const [field, [value, finds]] of Object.entries(cases)) {
        const nodes = Array.from(finds, (each) => ({ name: each }));
        expect(await ask(query, { filter: { [field]: value } }), field).toEqual({
          data: { found: { nodes, totalCount: nodes.length } },
        });
      }
    });
  });

type Pages = (read: Reader, filter: object) => Promise<unknown>;

test.each<
  [string, object, (on: RegExp, read: (read: Reader) => Promise<unknown>) => Promise<string[][]>, Pages]
>([
  [
    'flight',
    byFlight,
    (on, read) => queryPlans(flight, on, read),
    (read, filter) => createFlightRepository(read).page({ first: 20, filter }),
  ],
  [
    'reservation',
    byReservation,
    (on, read) => queryPlans(reservation, on, read),
    (read, filter) => createReservationRepository(read, everyone).page({ first: 20, filter }),
  ],
  [
    'payment',
    byPayment,
    (on, read) => queryPlans(payment, on, read),
    (read, filter) => createPaymentRepository(read, everyone).page({ first: 20, filter }),
  ],
  [
    'customer_info',
    byCustomerInfo,
    (on, read) => queryPlans(dashboard, on, read),
    (read, filter) => createDashboardRepository(read, everyone).infos({ first: 20, filter }),
  ],
])(
  'rows of %s are read by an index for each field of their filter, or it is said why not',
  async (table, cases, plansOf, page) => {
    for (const [field, [value, , scan]] of Object.entries<readonly [unknown, string, string?]>({
      ...cases,
    })) {
      const plans = await plansOf(new RegExp(`\\b${table}\\b`), (read) => page(read, { [field]: value }));
      expect(plans.flat()).not.toEqual([]);
      const isScanned = plans.flat().some((step) => !/^SEARCH .* USING .*(INDEX|PRIMARY KEY)/.test(step));
      expect(
        isScanned,
        `${field} is read ${isScanned ? 'without an index: add one, or say in its case why there is none' : 'by an index'}: ${plans}`,
      ).toBe(scan !== undefined);
    }
  },
);
