import { createSqliteStore, openSqlite } from '@airline/database';
import { createEmbeddedTransport, createEncoder, decode, type Transport } from '@airline/messaging';
import type { DomainEvent } from '@airline/schema/events';
import { onTestFinished } from 'vitest';
import type { ToldReservation } from '../../domain/counts.ts';
import type { CustomerInfo, DashboardState } from '../../domain/model.ts';
import { subgraph } from '../../main.ts';
import { whenReservationCanceled } from '../../policies/when-reservation-canceled.ts';
import { whenReservationPlaced } from '../../policies/when-reservation-placed.ts';
import { tables } from '../../store/tables.ts';
import type { Patience } from './recent-events.ts';
import { createRecounts } from './recounts.ts';

let ids = 0;
const newId = () => `e${++ids}`;

/** The reservation service and the dashboard's database, where an event is handled when the test says so. */
export function startWorld(options: Patience & { lastError?: () => string | undefined } = {}) {
  const { lastError, ...patience } = options;
  const clock = { at: new Date('2024-11-21T10:00:00.000Z') };
  const now = () => clock.at;
  const transport: Transport = { ...createEmbeddedTransport(), ...(lastError && { lastError }) };
  const open = <S extends Record<string, object>>(
    source: 'reservation' | 'dashboard',
    of: typeof tables | object,
  ) =>
    createSqliteStore<S>({
      database: openSqlite({ file: ':memory:', migrations: subgraph.migrations }),
      tables: of as never,
      encode: createEncoder({ source, newId, now }),
      now,
    });
  const reservations = open('reservation', {});
  const store = open<DashboardState>('dashboard', tables);
  const publish = { stream: 'airline:reservation', log: reservations.log, groups: [] };
  const relay = transport.publish(publish);
  const startReplica = (of: Patience = patience) => {
    const recounts = createRecounts({ transport, store, now, ...of });
    onTestFinished(() => recounts.close());
    return recounts;
  };
  const told = new Map<string, ToldReservation>();

  onTestFinished(async () => {
    await relay.close();
    await Promise.all([reservations.close(), store.close()]);
  });

  const say = async (...events: DomainEvent[]) => {
    await reservations.transact({ keys: {}, decide: () => ({ publish: events, result: undefined }) });
  };
  const data = (id: string, customerId: string) => ({
    reservationId: id,
    customerId,
    flightId: 'f1',
    seatQty: 1,
  });

  return {
    clock,
    store,
    relay,
    recounts: startReplica(),
    startReplica,
    /** What the graph tells of all reservations. */
    told: () => [...told.values()],
    tell: (one: ToldReservation) => told.set(one.id, one),
    place: async (id: string, customerId: string, reserveDate: string) => {
      told.set(id, { id, customerId, reserveDate, placedAt: now().toISOString(), canceledAt: null });
      await say({ type: 'ReservationPlaced', data: { ...data(id, customerId), reserveDate } });
    },
    cancel: async (id: string) => {
      const one = told.get(id);
      if (!one) throw new Error(`There is no reservation ${id}.`);
      told.set(id, { ...one, canceledAt: now().toISOString() });
      await say({
        type: 'ReservationCanceled',
        data: { ...data(id, one.customerId), reason: 'CUSTOMER' },
      });
    },
    /** Forgets the log up to a number. */
    trim: (upTo: number) => reservations.forget({ outbox: upTo, inbox: new Date(0) }),
    entry: async (seq: number) => {
      const [entry] = await reservations.log.read(seq - 1, 1);
      if (!entry) throw new Error(`There is no entry ${seq}.`);
      return entry;
    },
    /** Has the consumer handle the events that it did not, from one number to another. */
    handle: async (from: number, to = Number.POSITIVE_INFINITY) => {
      for (const { seq, event: text } of await reservations.log.read(from - 1, 1000)) {
        if (seq > to) return;
        const event = decode(text);
        const message = { consumer: 'dashboard', eventId: event.id };
        if (event.type === 'ReservationPlaced') await store.handle(message, whenReservationPlaced(event));
        if (event.type === 'ReservationCanceled') await store.handle(message, whenReservationCanceled(event));
      }
    },
    /** Writes a row over what there is. */
    corrupt: (info: CustomerInfo) =>
      store.transact({ keys: {}, decide: () => ({ write: { info }, result: undefined }) }),
    /** The counts that are told, customer by customer. */
    counts: async () => {
      const rows = await store.read.page(tables.info, { limit: 100 });
      return rows.map(
        ({ customerId, flightCount, canceledCount, recentReserveDate }) =>
          `${customerId} ${flightCount} ${canceledCount} ${recentReserveDate}`,
      );
    },
  };
}

export type World = ReturnType<typeof startWorld>;

/** All of a rebuild: what the graph tells, then the customers, who have a row or a reservation. */
export async function rebuild(
  world: World,
  [first, second] = [world.recounts, world.recounts],
): Promise<number> {
  const told = world.told();
  const rows = await world.store.read.page(tables.info, { limit: 100 });
  const { logStart, customers } = await first.beyondLog(told);
  const names = new Set([...rows, ...told].map(({ customerId }) => customerId));
  const sums = [...names].map(
    (customerId) =>
      customers.find((each) => each.customerId === customerId) ?? {
        customerId,
        flightCount: 0,
        recentReserveDate: null,
        canceledCount: 0,
      },
  );
  return await second.recount(sums, logStart);
}
