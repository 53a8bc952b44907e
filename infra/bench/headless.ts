import * as dashboard from '@airline/dashboard';
import { policies as dashboardPolicies } from '@airline/dashboard/policies/index';
import { tables as dashboardTables } from '@airline/dashboard/store/tables';
import type { State, Store } from '@airline/database';
import * as flight from '@airline/flight';
import type { FlightState } from '@airline/flight/domain/model';
import { registerFlight } from '@airline/flight/domain/register-flight';
import { policies as flightPolicies } from '@airline/flight/policies/index';
import { tables as flightTables } from '@airline/flight/store/tables';
import { type Policies, type Running, startMessaging } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import * as payment from '@airline/payment';
import type { PaymentState } from '@airline/payment/domain/model';
import { policies as paymentPolicies } from '@airline/payment/policies/index';
import { startCollector } from '@airline/payment/provider/collector';
import { createSimulatedProvider } from '@airline/payment/provider/simulated-provider';
import { tables as paymentTables } from '@airline/payment/store/tables';
import * as reservation from '@airline/reservation';
import type { ReservationState } from '@airline/reservation/domain/model';
import { placeReservation } from '@airline/reservation/domain/place-reservation';
import { policies as reservationPolicies } from '@airline/reservation/policies/index';
import { tables as reservationTables } from '@airline/reservation/store/tables';
import type { PublishedEvent, Service } from '@airline/schema/events';
import { openStore, openTransport, system } from '@airline/service';

export interface HeadlessSystem extends Running {
  /** Registers a flight with so many seats; answers its id. */
  registerFlight(capacity: number): Promise<string>;
  /** Places a reservation of one seat; resolves once it is stored, with its id. */
  place(customerId: string, flightId: string): Promise<string>;
  /** Resolves when so many reservations more have settled. */
  settled(count: number): Promise<void>;
  /** Called for each reservation that settles. */
  onSettled: (reservationId: string) => void;
}

/** The four services without GraphQL in one process: stores, policies, messaging and the payment collector. */
export function startHeadless(folder: string, redisUrl: string | undefined): HeadlessSystem {
  const logger = createLogger({ service: 'bench', level: 'warn' });
  const runtime = { ...system, logger, transport: openTransport(redisUrl, logger) };
  const closing: (() => Promise<void>)[] = [];
  let left = 0;
  let reached = () => {};

  function start<S extends State>(
    service: Service,
    schema: Parameters<typeof openStore<S>>[2],
    policies: Policies<S>,
    handled?: (event: PublishedEvent) => void,
  ): Store<S> {
    const store = openStore<S>(service, `file:${folder}/${service}.sqlite`, schema, runtime);
    const messaging = startMessaging<S>({ ...runtime, service, store, policies, handled });
    closing.push(async () => {
      await messaging.close();
      await store.close();
    });
    return store;
  }

  const reservations = start<ReservationState>(
    'reservation',
    { tables: reservationTables, migrations: reservation.migrations },
    reservationPolicies,
    ({ type, data }) => {
      if (type !== 'Paid' && type !== 'SeatsSoldOut' && type !== 'PaymentDeclined') return;
      headless.onSettled((data as { reservationId: string }).reservationId);
      left -= 1;
      if (left === 0) reached();
    },
  );
  const flights = start<FlightState>(
    'flight',
    { tables: flightTables, migrations: flight.migrations },
    flightPolicies,
  );
  start('dashboard', { tables: dashboardTables, migrations: dashboard.migrations }, dashboardPolicies);
  const provider = createSimulatedProvider({
    declineAbove: undefined,
    delayMs: 0,
    failureRate: 0,
    unknownRate: 0,
    random: Math.random,
  });
  const payments = start<PaymentState>(
    'payment',
    { tables: paymentTables, migrations: payment.migrations },
    paymentPolicies(system.newId),
    ({ data }) => {
      if ('reservationId' in data) collector.settle(data.reservationId);
    },
  );
  const collector = startCollector({ ...runtime, store: payments, provider });

  const headless: HeadlessSystem = {
    onSettled: () => {},
    registerFlight: async (capacity) => {
      const id = system.newId();
      const facts = { id, flightCode: 'ACE890', takeoffDate: '2025-12-25', cost: 200_000, capacity };
      await flights.transact({ keys: {}, decide: () => registerFlight(facts) });
      return id;
    },
    place: async (customerId, flightId) => {
      const wish = { id: system.newId(), customerId, flightId, seatQty: 1, reserveDate: '2024-11-21' };
      const at = system.now().toISOString();
      await reservations.transact({ keys: {}, decide: (known) => placeReservation(known, wish, at) });
      return wish.id;
    },
    settled: (count) => {
      left += count;
      return new Promise((resolve) => {
        reached = resolve;
      });
    },
    close: async () => {
      await collector.close();
      await Promise.all(closing.map((close) => close()));
    },
  };
  return headless;
}
