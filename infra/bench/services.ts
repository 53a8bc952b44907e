import * as dashboard from '@airline/dashboard';
import { ask } from '@airline/e2e/client';
import { type NodeProcess, startProcess } from '@airline/local/process';
import * as flight from '@airline/flight';
import { startMessaging } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import * as payment from '@airline/payment';
import { migrations } from '@airline/reservation';
import type { ReservationState } from '@airline/reservation/domain/model';
import { placeReservation } from '@airline/reservation/domain/place-reservation';
import { policies } from '@airline/reservation/policies/index';
import { tables } from '@airline/reservation/store/tables';
import { openStore, openTransport, type Runtime, system } from '@airline/service';
import { freePort } from '@airline/testing';

export interface Services {
  /** Places a reservation of one seat, and resolves when its saga has settled here. */
  book(customerId: string): Promise<void>;
  close(): Promise<void>;
}

export interface ServicesOptions {
  readonly folder: string;
  readonly redisUrl: string;
  /** Each service in a process of its own, or all of them in this one. */
  readonly apart: boolean;
}

/**
 * The four services on Redis. The reservation service is in this process, without its GraphQL server: bookings begin
 * at its store and end at its policies.
 */
export async function startServices({ folder, redisUrl, apart }: ServicesOptions): Promise<Services> {
  const logger = createLogger({ service: 'bench', level: 'error' });
  const runtime = { ...system, logger, transport: openTransport(redisUrl, logger) };
  const env = { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: 'error' };
  const others = await (apart ? startApart(env) : startHere(env, runtime));
  const database = `file:${folder}/reservation.sqlite`;
  const store = await openStore<ReservationState>('reservation', database, { tables, migrations }, runtime);
  const waiting = new Map<string, () => void>();
  const messaging = startMessaging<ReservationState>({
    ...runtime,
    service: 'reservation',
    store,
    policies,
    handled: ({ data }) => {
      if ('reservationId' in data) waiting.get(data.reservationId)?.();
    },
  });

  const { registerFlight } = await ask<{ registerFlight: { flight: { id: string } } }>(
    others.flightUrl,
    `mutation { registerFlight(input: {
      flightCode: "ACE890", takeoffDate: "2025-12-25", cost: 200000, remainingSeatsCount: 1000000
    }) { flight { id } } }`,
  );
  const flightId = registerFlight.flight.id;

  return {
    book: async (customerId) => {
      const wish = { id: system.newId(), customerId, flightId, seatQty: 1, reserveDate: '2024-11-21' };
      const settled = new Promise<void>((resolve) => waiting.set(wish.id, resolve));
      const at = system.now().toISOString();
      await store.transact({ keys: {}, decide: (known) => placeReservation(known, wish, at) });
      await settled;
      waiting.delete(wish.id);
    },
    close: async () => {
      await messaging.close();
      await store.close();
      await others.close();
    },
  };
}

interface Others {
  readonly flightUrl: string;
  close(): Promise<void>;
}

async function startApart(env: Readonly<Record<string, string>>): Promise<Others> {
  const processes: NodeProcess[] = [];
  const ports = new Map<string, number>();
  for (const service of ['flight', 'payment', 'dashboard']) {
    const port = await freePort();
    ports.set(service, port);
    const own = { ...env, [`${service.toUpperCase()}_PORT`]: String(port) };
    processes.push(await startProcess(`subgraphs/${service}/src/main.ts`, own, /graphql/));
  }
  return {
    flightUrl: `http://127.0.0.1:${ports.get('flight')}/graphql`,
    close: async () => {
      for (const each of processes) await each.stop();
    },
  };
}

async function startHere(env: Readonly<Record<string, string>>, runtime: Runtime): Promise<Others> {
  const anyPort = { ...env, FLIGHT_PORT: '0', PAYMENT_PORT: '0', DASHBOARD_PORT: '0' };
  const services = await Promise.all([
    flight.startFlight(flight.readConfig(anyPort), runtime),
    payment.startPayment(payment.readConfig(anyPort), runtime),
    dashboard.startDashboard(dashboard.readConfig(anyPort), runtime),
  ]);
  return {
    flightUrl: services[0].url,
    close: async () => {
      await Promise.all(services.map((service) => service.close()));
    },
  };
}
