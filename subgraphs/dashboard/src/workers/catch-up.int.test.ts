import { join } from 'node:path';
import type { Store } from '@airline/database';
import { everyone } from '@airline/service';
import { type PostgresServer, requires, seeded, startPostgresServer, tempFolder } from '@airline/testing';
import { happened } from '@airline/testing/scenario';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { figuresOf, minutesUntil } from '../domain/figures.ts';
import type { DashboardState } from '../domain/model.ts';
import { policies } from '../policies/index.ts';
import { createDashboardRepository } from '../store/repository.ts';
import { catchUp } from './catch-up.ts';
import { migrate, migrationsBefore, openReplica } from './rebuild.fixture.ts';

const START = Date.parse('2024-11-21T10:00:00.000Z');
const time = (second: number) => new Date(START + second * 1000).toISOString();
const minutes = minutesUntil(new Date(START + 120_000), 3);

interface Databases {
  /** A new database, and how to run statements in it. */
  create(): Promise<{ readonly at: string; run(statements: string): Promise<unknown> }>;
}

async function folder(): Promise<string> {
  const temporary = await tempFolder();
  onTestFinished(() => temporary[Symbol.asyncDispose]());
  return temporary.path;
}

async function figures({ read }: Store<DashboardState>) {
  return figuresOf(await createDashboardRepository(read, everyone).counted(minutes), minutes);
}

/** The id of a reservation that was placed in a second after ten. */
function idOf(number: number): string {
  const hex = (START + (number % 60) * 1000).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(number).padStart(12, '0')}`;
}

/** Of three reservations one is pending, one succeeds after 15 ms, and one does so and is canceled a minute later. */
function eventsOf(number: number) {
  const second = number % 60;
  const who = { reservationId: idOf(number), customerId: `c${number % 7}`, flightId: 'f1' };
  const reserveDate = '2024-11-21';
  const placed = happened('ReservationPlaced', { ...who, seatQty: 1, reserveDate }, { time: time(second) });
  if (number % 3 === 0) return [placed];
  const succeeded = happened('ReservationSucceeded', who, { time: time(second + 0.015) });
  if (number % 3 === 1) return [placed, succeeded];
  const canceled = happened(
    'ReservationCanceled',
    { ...who, seatQty: 1, reason: 'CUSTOMER' },
    { time: time(second + 60) },
  );
  return [placed, succeeded, canceled];
}

const RESERVATIONS = 120;
const events = Array.from({ length: RESERVATIONS }, (_, number) => eventsOf(number)).flat();
const third = RESERVATIONS / 3;
const RIGHT = {
  placed: RESERVATIONS,
  pending: third,
  succeeded: third,
  canceled: third,
  customers: 7,
  minutes: [
    { at: time(0), placed: RESERVATIONS, succeeded: 2 * third, canceled: 0 },
    { at: time(60), placed: 0, succeeded: 0, canceled: third },
    { at: time(120), placed: 0, succeeded: 0, canceled: 0 },
  ],
  outcomes: [
    { status: 'SUCCEED', cancelReason: null, count: 2 * third },
    { status: 'CANCELED', cancelReason: 'CUSTOMER', count: third },
  ],
  latency: { count: 2 * third, p50Ms: 15, p95Ms: 20 },
};

type Event = (typeof events)[number];

function handle(store: Store<DashboardState>, event: Event): Promise<boolean> {
  // One of the three policies, each of which takes the event of its type.
  const policy = policies[event.type] as (of: Event) => Parameters<typeof store.handle>[1];
  return store.handle({ consumer: 'dashboard', eventId: event.id }, policy(event));
}

/** How a release without statistics stores the step of an event, and counts it. */
const asBefore = ({ id, type, time: at, data }: Event, key = `${type}/${data.reservationId}`) => `
  insert into saga_step (id, reservation_id, event, service, at, detail, customer_id)
  values ('${key}', '${data.reservationId}', '${type}', 'reservation', '${at}',
    ${type === 'ReservationCanceled' ? "'CUSTOMER'" : 'null'}, ${type === 'ReservationSucceeded' ? 'null' : `'${data.customerId}'`});
  insert into inbox (consumer, event_id) values ('dashboard', '${id}')`;

function statistics({ create }: Databases): void {
  test('are exact when three replicas handle events in any order, some of them twice', async () => {
    const { at } = await create();
    const replicas = await Promise.all([openReplica(at), openReplica(at), openReplica(at)]);
    const random = seeded(20_241_121);
    const delivered = [...events, ...events.filter(() => random() < 0.3)]
      .map((event) => ({ event, place: random() }))
      .toSorted((one, other) => one.place - other.place);
    const any = () => replicas[Math.floor(random() * 3)] as (typeof replicas)[number];
    await Promise.all(delivered.map(({ event }) => handle(any(), event)));
    expect(await figures(replicas[0])).toMatchObject(RIGHT);
    expect(await catchUp(replicas[0])).toBe(0);
  });

  test('count once what the release before has stored, also while its replicas go on', async () => {
    const { at, run } = await create();
    await migrate(at, await migrationsBefore('statistics', await folder()));
    const [early, rest] = [events.slice(0, 100), events.slice(100)];
    const infos = Array.from({ length: 7 }, (_, customer) => `('c${customer}', 1, 0, '${time(0)}')`);
    await run(
      `insert into customer_info (customer_id, flight_count, canceled_count, updated_at) values ${infos.join(', ')}`,
    );
    await run(early.map((event) => asBefore(event)).join('; '));

    const replicas = await Promise.all([openReplica(at), openReplica(at)]);
    const [late, ...live] = rest as [Event, ...Event[]];
    await Promise.all([
      ...replicas.map((replica) => catchUp(replica)),
      ...live.map((event) => handle(replicas[0], event)),
    ]);
    await run(asBefore(late));
    // It may have been stored under the id of its event before.
    const { placed } = await figures(replicas[0]);
    await run(asBefore({ ...late, id: 'other' }, 'other'));
    expect(await catchUp(replicas[1])).toBe(2);
    expect(await catchUp(replicas[0])).toBe(0);
    expect(placed).toBeLessThanOrEqual(RESERVATIONS);
    expect(await figures(replicas[0])).toMatchObject(RIGHT);
    for (const event of events) await handle(replicas[0], { ...event, id: `again ${event.id}` });
    expect(await figures(replicas[0])).toMatchObject(RIGHT);
  });
}

describe('statistics on SQLite', () => {
  statistics({
    create: async () => {
      const at = join(await folder(), 'dashboard.sqlite');
      const run = async (statements: string) => {
        const database = new Database(at, { timeout: 5000 });
        database.exec(statements);
        database.close();
      };
      return { at, run };
    },
  });
});

describe('statistics on PostgreSQL', requires('postgres').options, () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgresServer();
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  statistics({
    create: async () => {
      const at = await server.createDatabase();
      return { at, run: (statements) => server.query(`${at}?options=-c search_path=dashboard`, statements) };
    },
  });
});
