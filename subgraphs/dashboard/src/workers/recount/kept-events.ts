import type { PublishedEvent } from '@airline/schema/events';
import { type Countable, nameOf } from '../../domain/counts.ts';

/** An event that is counted. */
export type CountableEvent = PublishedEvent<'ReservationPlaced' | 'ReservationCanceled'>;

export interface KeptEvent extends Countable {
  readonly seq: number;
  readonly eventId: string;
}

const HOUR_MS = 60 * 60 * 1000;
/** No transport trims what is younger than a day, so what a recount begins with is there until it ends. */
const BEGIN_MS = 12 * HOUR_MS;
/** Further back than any recount that runs began, on whichever replica. */
const KEEP_MS = 18 * HOUR_MS;

/** What a recount needs of the last hours' events, in about 300 bytes each. */
export function createKeptEvents(now: Date) {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const [keepSince, startSince] = [ago(KEEP_MS), ago(BEGIN_MS)];
  const byCustomer = new Map<string, KeptEvent[]>();
  const seqs = new Map<string, number>();
  let from: number | undefined;
  let start: number | undefined;

  return {
    /** Takes events in the order of their numbers. */
    add(seq: number, { id, type, time, data }: CountableEvent): void {
      if (time >= startSince) start ??= seq;
      if (time >= keepSince) from ??= seq;
      if (from === undefined) return;
      const { customerId, reservationId } = data;
      const reserveDate = 'reserveDate' in data ? data.reserveDate : null;
      const countable = { type, reservationId, customerId, reserveDate, at: time };
      seqs.set(nameOf(countable), seq);
      const own = byCustomer.get(customerId) ?? [];
      byCustomer.set(customerId, own);
      own.push({ seq, eventId: id, ...countable });
    },
    /** The number from which nothing is left out; undefined while nothing is kept. */
    from: () => from,
    /** Where the log begins for a recount that begins now; undefined where nothing is recent. */
    start: () => start,
    seqOf: (countable: Countable) => seqs.get(nameOf(countable)),
    /** A customer's events from a number on. */
    of: (customerId: string, first: number): readonly KeptEvent[] =>
      (byCustomer.get(customerId) ?? []).filter(({ seq }) => seq >= first),
  };
}
