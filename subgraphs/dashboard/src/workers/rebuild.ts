import type { Store } from '@airline/database';
import type { EventData } from '@airline/schema/events';
import { RequestError } from '@airline/service';
import { eq } from 'drizzle-orm';
import type { CustomerInfo, DashboardState } from '../domain/model.ts';
import { type Outcome, recount } from '../domain/recount.ts';
import { whenReservationCanceled } from '../policies/when-reservation-canceled.ts';
import { whenReservationPlaced } from '../policies/when-reservation-placed.ts';
import { whenReservationSucceeded } from '../policies/when-reservation-succeeded.ts';
import { info, step } from '../store/tables.ts';

// A rebuild replays what the graph says of every reservation as if it were its events, which completes the steps, and
// then recounts the infos by their steps. Both may run at any time, on any replica, and again.

/** A reservation as its own service describes it. */
export interface DescribedReservation extends Omit<EventData<'ReservationPlaced'>, 'reservationId'> {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly placedAt: string;
  /** RFC 3339, UTC. Left out, or null, unless its status is `SUCCEED`. */
  readonly succeededAt?: string | null | undefined;
  /** Left out, or null, while it is not canceled. */
  readonly canceled?:
    | { readonly at: string; readonly reason: EventData<'ReservationCanceled'>['reason'] }
    | null
    | undefined;
}

/** Counts those placements, successes and cancellations that no event has brought yet; returns how many they are. */
export async function replay(
  store: Store<DashboardState>,
  reservations: readonly DescribedReservation[],
): Promise<number> {
  const areNew = await Promise.all(
    reservations.flatMap(reactionsTo).map(({ keys, decide }) =>
      store.transact({
        keys,
        decide: (known) => ({ ...decide(known), result: known.step === undefined }),
      }),
    ),
  );
  return areNew.filter(Boolean).length;
}

function reactionsTo({ id, reserveDate, placedAt, succeededAt, canceled, ...rest }: DescribedReservation) {
  const data = { ...rest, reservationId: id };
  const event = { source: 'reservation', subject: id } as const;
  const placed = whenReservationPlaced({
    ...event,
    id: `ReservationPlaced/${id}`,
    type: 'ReservationPlaced',
    time: placedAt,
    data: { ...data, reserveDate },
  });
  const succeeded =
    succeededAt &&
    whenReservationSucceeded({
      ...event,
      id: `ReservationSucceeded/${id}`,
      type: 'ReservationSucceeded',
      time: succeededAt,
      data,
    });
  const after =
    canceled &&
    whenReservationCanceled({
      ...event,
      id: `ReservationCanceled/${id}`,
      type: 'ReservationCanceled',
      time: canceled.at,
      data: { ...data, reason: canceled.reason },
    });
  return [placed, ...(succeeded ? [succeeded] : []), ...(after ? [after] : [])];
}

export interface RecountedInfos {
  readonly recounted: number;
  /** How many of them were wrong. */
  readonly corrected: number;
  /** The last of them; null when no others follow. */
  readonly endCustomerId: string | null;
}

/** Infos of one call. */
const BATCH = 100;
/** How often a customer is tried who books all the while. */
const ATTEMPTS = 200;

/**
 * Recounts by their steps the infos that follow a customer's, in the order of their ids.
 *
 * @throws RequestError TRY_AGAIN_LATER
 */
export async function recountInfos(
  store: Store<DashboardState>,
  now: () => Date,
  after?: string | null,
): Promise<RecountedInfos> {
  const infos = await store.read.page(info, { after: after == null ? undefined : [after], limit: BATCH });
  const last = infos.length === BATCH ? infos.at(-1) : undefined;
  let corrected = 0;
  let waiting: readonly CustomerInfo[] = infos;
  for (let attempts = 1; waiting.length > 0; attempts += 1) {
    if (attempts > ATTEMPTS) throw bookTooFast();
    const outcomes = await recountEach(store, now, waiting);
    corrected += outcomes.filter((outcome) => outcome === 'CORRECTED').length;
    const moved = waiting.filter((_, index) => outcomes[index] === 'MOVED');
    waiting = moved.length === 0 ? [] : await store.read.selectAmong(info, info.customerId, idsOf(moved));
  }
  return { recounted: infos.length, corrected, endCustomerId: last?.customerId ?? null };
}

async function recountEach(
  { read, transact }: Store<DashboardState>,
  now: () => Date,
  infos: readonly CustomerInfo[],
): Promise<Outcome[]> {
  const ids = idsOf(infos);
  const isPlaced = eq(step.event, 'ReservationPlaced');
  const [placed, canceled, latest] = await Promise.all([
    read.counts(step, step.customerId, ids, isPlaced),
    read.counts(step, step.customerId, ids, eq(step.event, 'ReservationCanceled')),
    read.pages(step, step.customerId, ids, {
      where: isPlaced,
      by: [step.reserveDate],
      backwards: true,
      limit: 1,
    }),
  ]);
  return await Promise.all(
    infos.map((before) => {
      const { customerId } = before;
      const right = {
        flightCount: placed.get(customerId) ?? 0,
        recentReserveDate: latest.get(customerId)?.[0]?.reserveDate ?? null,
        canceledCount: canceled.get(customerId) ?? 0,
      };
      return transact({
        keys: { info: customerId, erasure: customerId },
        decide: (known) => recount(known, { before, right, now: now().toISOString() }),
      });
    }),
  );
}

const idsOf = (infos: readonly CustomerInfo[]) => infos.map(({ customerId }) => customerId);

const bookTooFast = () =>
  new RequestError('TRY_AGAIN_LATER', 'Some customers book too fast to be recounted: try again in a moment.');
