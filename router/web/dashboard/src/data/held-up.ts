import { createValue, type Value } from '../../../value.ts';
import { EventsHeldUpDocument, PendingReservationsDocument } from '../generated/graphql.ts';
import type { Graph } from './graph.ts';
import type { Reservation } from './rows.ts';
import type { Store } from './store.ts';

/** Bookings that stay PENDING, because events between the services do not get through or a service is away. */
export interface HeldUp {
  /** When the first of them was placed, RFC 3339; undefined while none is held up. */
  readonly since: Value<string | undefined>;
  /** Since when the reservation service is known to publish no events, RFC 3339; undefined while it does. */
  readonly unpublishedSince: Value<string | undefined>;
  /** Loads what was pending before the page came, or while nothing reached it. */
  load(graph: Pick<Graph, 'query'>): Promise<void>;
  /** Asks the reservation service whether it publishes events, and again until it does: where nothing is booked, nothing else says so. */
  ask(graph: Pick<Graph, 'query'>): Promise<void>;
}

interface HeldUpOptions {
  readonly store: Pick<Store, 'reservations' | 'touch'>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly later: (run: () => void, ms: number) => void;
}

/** Usually a booking settles within a second. The page has seen it for so long, by its own clock. */
export const USUAL_MS = 10_000;
/** So much older than the page is no difference of clocks. */
const SURELY_MS = 60_000;
const LOOK_MS = 2_000;
const AGAIN_MS = 5_000;

interface Pending {
  readonly placedAt: string;
  readonly seenAt: number;
}

/** Tells from the bookings, which come by another way than the events that they wait for, and from what the service says. */
export function createHeldUp({ store, now, later }: HeldUpOptions): HeldUp {
  const since = createValue<string | undefined>(undefined);
  const unpublishedSince = createValue<string | undefined>(undefined);
  const pending = new Map<string, Pending>();
  let isLooking = false;
  let isAskedAgain = false;

  const isHeldUp = ({ placedAt, seenAt }: Pending) =>
    now() - seenAt >= USUAL_MS || now() - Date.parse(placedAt) >= SURELY_MS;

  function tell(): void {
    const placed = [...pending.values()].filter(isHeldUp).map(({ placedAt }) => placedAt);
    since.set(placed.sort()[0]);
  }

  function look(): void {
    tell();
    isLooking = pending.size > 0;
    if (isLooking) later(look, LOOK_MS);
  }

  function see({ id, status, placedAt }: Reservation): void {
    if (status === 'PENDING') {
      if (!pending.has(id)) pending.set(id, { placedAt, seenAt: now() });
      if (!isLooking) look();
    } else if (pending.delete(id) && since.get() !== undefined) tell();
  }

  store.reservations.join({
    arrived(origins) {
      for (const id of origins.keys()) {
        const row = store.reservations.get(id)?.row;
        if (row) see(row);
      }
    },
    holds: (id) => pending.has(id),
  });

  async function ask(graph: Pick<Graph, 'query'>): Promise<void> {
    const { data } = await graph.query(EventsHeldUpDocument, {});
    // Without a response what was known stays.
    if (data)
      unpublishedSince.set(
        data.eventsHeldUp ? (unpublishedSince.get() ?? new Date(now()).toISOString()) : undefined,
      );
    if (unpublishedSince.get() === undefined || isAskedAgain) return;
    isAskedAgain = true;
    later(() => {
      isAskedAgain = false;
      void ask(graph);
    }, AGAIN_MS);
  }

  return {
    since,
    unpublishedSince,
    ask,
    async load(graph) {
      const { data } = await graph.query(PendingReservationsDocument, {});
      // Whatever has arrived meanwhile is newer.
      for (const row of data?.reservations.nodes ?? []) store.reservations.put(row, 0);
      store.touch();
    },
  };
}
