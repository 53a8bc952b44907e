import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createPostgresStore,
  createSqliteStore,
  openPostgres,
  openSqlite,
  type Store,
} from '@airline/database';
import { createEncoder } from '@airline/messaging';
import type { PublishedEvent } from '@airline/schema/events';
import { happened } from '@airline/testing/scenario';
import { onTestFinished } from 'vitest';
import type { CustomerInfo, DashboardState } from '../domain/model.ts';
import { subgraph } from '../main.ts';
import { whenReservationCanceled } from '../policies/when-reservation-canceled.ts';
import { whenReservationPlaced } from '../policies/when-reservation-placed.ts';
import { tables } from '../store/tables.ts';
import { type DescribedReservation, recountInfos, replay } from './rebuild.ts';

export const now = () => new Date('2024-11-21T10:00:00.000Z');
const { migrations } = subgraph;
const AT = now().toISOString();

/** A store on a database, which is a file of SQLite or a URL of PostgreSQL; closed after the test. */
export async function openReplica(at: string): Promise<Store<DashboardState>> {
  const options = {
    tables,
    encode: createEncoder({ source: 'dashboard', newId: () => crypto.randomUUID(), now }),
    now,
  };
  const store = isPostgres(at)
    ? createPostgresStore<DashboardState>({
        ...options,
        database: await openPostgres({ url: at, service: 'dashboard', migrations }),
      })
    : createSqliteStore<DashboardState>({ ...options, database: openSqlite({ file: at, migrations }) });
  onTestFinished(() => store.close());
  return store;
}

/** Applies migrations to a database, as the release that has them would. */
export async function migrate(at: string, migrations: string): Promise<void> {
  if (isPostgres(at)) await (await openPostgres({ url: at, service: 'dashboard', migrations })).close();
  else openSqlite({ file: at, migrations }).client.close();
}

/** The migrations of the release before one of a name, in a folder. */
export async function migrationsBefore(name: string, folder: string): Promise<string> {
  for (const dialect of ['sqlite', 'postgres']) {
    const [from, to] = [join(migrations, dialect), join(folder, dialect)];
    await mkdir(join(to, 'meta'), { recursive: true });
    const journal: { entries: { tag: string }[] } = JSON.parse(
      await readFile(join(from, 'meta/_journal.json'), 'utf8'),
    );
    const entries = journal.entries.slice(
      0,
      journal.entries.findIndex(({ tag }) => tag.endsWith(name)),
    );
    await writeFile(join(to, 'meta/_journal.json'), JSON.stringify({ ...journal, entries }));
    for (const { tag } of entries) await copyFile(join(from, `${tag}.sql`), join(to, `${tag}.sql`));
  }
  return folder;
}

const isPostgres = (at: string) => at.startsWith('postgres:');

type CountedEvent = PublishedEvent<'ReservationPlaced' | 'ReservationCanceled'>;

export const reactionTo = (event: CountedEvent) =>
  event.type === 'ReservationPlaced' ? whenReservationPlaced(event) : whenReservationCanceled(event);

/** What the graph says of all reservations, and the events by which it became so. */
export function createReservations() {
  const all = new Map<string, DescribedReservation>();
  const events: CountedEvent[] = [];
  const dataOf = ({ id, customerId, flightId, seatQty }: DescribedReservation) => ({
    reservationId: id,
    customerId,
    flightId,
    seatQty,
  });
  return {
    described: () => [...all.values()],
    events,
    place: (id: string, customerId: string, reserveDate: string) => {
      const one = { id, customerId, flightId: 'f1', seatQty: 3, reserveDate, placedAt: AT };
      all.set(id, one);
      events.push(happened('ReservationPlaced', { ...dataOf(one), reserveDate }));
    },
    cancel: (id: string) => {
      const one = all.get(id);
      if (!one) throw new Error(`There is no reservation ${id}.`);
      const reason = 'CUSTOMER';
      all.set(id, { ...one, canceled: { at: AT, reason } });
      events.push(happened('ReservationCanceled', { ...dataOf(one), reason }));
    },
    /** The right counts, as `countsIn` returns them. */
    counts: () =>
      [...Map.groupBy(all.values(), ({ customerId }) => customerId)]
        .map(([customerId, own]) => {
          const latest = own
            .map(({ reserveDate }) => reserveDate)
            .toSorted()
            .at(-1);
          return `${customerId} ${own.length} ${own.filter(({ canceled }) => canceled).length} ${latest}`;
        })
        .toSorted(),
  };
}

export type Reservations = ReturnType<typeof createReservations>;

/** Has the consumer handle an event. */
export const handle = (store: Store<DashboardState>, event: CountedEvent): Promise<boolean> =>
  store.handle({ consumer: 'dashboard', eventId: event.id }, reactionTo(event));

/** All of a rebuild, page by page. */
export async function rebuild(store: Store<DashboardState>, reservations: Reservations) {
  const described = reservations.described();
  let missing = 0;
  for (let from = 0; from < described.length; from += 20) {
    missing += await replay(store, described.slice(from, from + 20));
  }
  let corrected = 0;
  let after: string | null = null;
  do {
    const batch = await recountInfos(store, now, after);
    corrected += batch.corrected;
    after = batch.endCustomerId;
  } while (after !== null);
  return { missing, corrected };
}

export const infoOf = (customerId: string, but: Partial<CustomerInfo> = {}): CustomerInfo => ({
  customerId,
  flightCount: 7,
  recentReserveDate: '2030-01-01',
  canceledCount: 0,
  updatedAt: AT,
  ...but,
});

/** Writes a row over what there is. */
export const spoil = (store: Store<DashboardState>, write: Partial<DashboardState>): Promise<void> =>
  store.transact({ keys: {}, decide: () => ({ write, result: undefined }) });

/** The counts of each customer, in words. */
export async function countsIn(store: Store<DashboardState>): Promise<string[]> {
  const rows = await store.read.page(tables.info, { limit: 1000 });
  return rows.map(
    ({ customerId, flightCount, canceledCount, recentReserveDate }) =>
      `${customerId} ${flightCount} ${canceledCount} ${recentReserveDate}`,
  );
}
