import { type NodeProcess, startNodeProcess } from '@airline/local/process';
import { loadSubgraph } from '@airline/local/subgraphs';
import { startMessaging } from '@airline/messaging';
import { createLogger } from '@airline/observability';
import { subgraph as reservation } from '@airline/reservation';
import type { ReservationState } from '@airline/reservation/domain/model';
import { placeReservation } from '@airline/reservation/domain/place-reservation';
import { type Service, services } from '@airline/schema/events';
import { openStore, openTransport, type Runtime, system } from '@airline/service';
import { freePort, present, request } from '@airline/testing';

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
  /** Replicas of each service that is apart; default 1. */
  readonly replicas?: number;
  /** Where each service keeps its rows; default SQLite in the folder. */
  readonly databaseUrl?: (service: Service) => string;
  /** Flights that bookings go to in turn; default 1. */
  readonly flights?: number;
}

/**
 * All services on Redis. The reservation service is in this process, without its GraphQL server: bookings begin
 * at its store and end at its policies.
 */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { folder, redisUrl, apart, replicas = 1, flights = 1 } = options;
  const { databaseUrl = (service: Service) => `file:${folder}/${service}.sqlite` } = options;
  const logger = createLogger({ service: 'bench', level: 'error' });
  const runtime = {
    ...system,
    logger,
    transport: openTransport({ redisUrl, takeOverAfterMs: 30_000 }, logger),
  };
  const urls = services.map((service) => [`${service.toUpperCase()}_DB_URL`, databaseUrl(service)]);
  const settings = { DATA_DIR: folder, REDIS_URL: redisUrl, LOG_LEVEL: 'error', NODE_ENV: 'production' };
  const env = { ...settings, ...Object.fromEntries(urls) };
  const others = await (apart ? startApart(env, replicas) : startHere(env, runtime));
  const database = databaseUrl('reservation');
  const store = await openStore<ReservationState>('reservation', database, reservation, runtime);
  const waiting = new Map<string, () => void>();
  const messaging = startMessaging<ReservationState>({
    ...runtime,
    service: 'reservation',
    store,
    policies: reservation.policies,
    handled: ({ data }) => {
      if ('reservationId' in data) waiting.get(data.reservationId)?.();
    },
  });

  const flightIds: string[] = [];
  while (flightIds.length < flights) {
    const { registerFlight } = await request<{ registerFlight: { flight: { id: string } } }>(
      others.flightUrl,
      `mutation { registerFlight(input: {
        flightCode: "ACE890", takeoffDate: "2025-12-25", cost: 200000, remainingSeatsCount: 1000000
      }) { flight { id } } }`,
    );
    flightIds.push(registerFlight.flight.id);
  }
  let booked = 0;

  return {
    book: async (customerId) => {
      booked += 1;
      const flightId = present(flightIds[booked % flights], 'flight');
      const command = { customerId, flightId, seatQty: 1, reserveDate: '2024-11-21' };
      const id = system.newId();
      const settled = new Promise<void>((resolve) => waiting.set(id, resolve));
      const by = { customer: undefined, id, at: system.now().toISOString() };
      await store.transact({ keys: {}, decide: (known) => placeReservation(known, command, by) });
      await settled;
      waiting.delete(id);
    },
    close: async () => {
      await messaging.close();
      await store.close();
      await others.close();
    },
  };
}

/** They run beside the reservation service. */
const besides = services.filter((service) => service !== 'reservation');

interface Others {
  readonly flightUrl: string;
  close(): Promise<void>;
}

async function startApart(env: Readonly<Record<string, string>>, replicas: number): Promise<Others> {
  const processes: NodeProcess[] = [];
  const ports = new Map<string, number>();
  for (const service of besides) {
    for (let replica = 1; replica <= replicas; replica += 1) {
      const port = await freePort();
      ports.set(service, port);
      const own = { ...env, [`${service.toUpperCase()}_PORT`]: String(port) };
      processes.push(await startNodeProcess(`subgraphs/${service}/src/main.ts`, own, /graphql/));
    }
  }
  return {
    flightUrl: `http://127.0.0.1:${ports.get('flight')}/graphql`,
    close: async () => {
      for (const each of processes) await each.stop();
    },
  };
}

async function startHere(env: Readonly<Record<string, string>>, runtime: Runtime): Promise<Others> {
  const start = async (service: Service) => {
    const subgraph = await loadSubgraph(service);
    const config = subgraph.readConfig({ ...env, [`${service.toUpperCase()}_PORT`]: '0' });
    return await subgraph.start(config, runtime);
  };
  const started = await Promise.all(besides.map(start));
  return {
    flightUrl: present(started[besides.indexOf('flight')], 'flight').url,
    close: async () => {
      await Promise.all(started.map((service) => service.close()));
    },
  };
}
