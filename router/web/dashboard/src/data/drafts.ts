import { createValue, type Value } from '../../../value.ts';
import type { Reservation } from './rows.ts';

/** A booking that was sent and has no response yet. */
export interface Draft extends Pick<Reservation, 'customerId' | 'flightId' | 'seatQty' | 'reserveDate'> {
  /** The booking's idempotency key. */
  readonly key: string;
}

export interface Drafts {
  readonly list: Value<readonly Draft[]>;
  add(draft: Draft): void;
  remove(key: string): void;
  /** A push may overtake the response: then the reservation replaces its draft. */
  meet(reservation: Reservation): void;
}

export function createDrafts(): Drafts {
  const list = createValue<readonly Draft[]>([]);
  const remove = (gone: string) => list.set(list.get().filter(({ key }) => key !== gone));
  return {
    list,
    add: (draft) => list.set([...list.get(), draft]),
    remove,
    meet(reservation) {
      const met = list.get().find((draft) => isOf(draft, reservation));
      if (met) remove(met.key);
    },
  };
}

const isOf = (draft: Draft, reservation: Reservation): boolean =>
  draft.customerId === reservation.customerId &&
  draft.flightId === reservation.flightId &&
  draft.seatQty === reservation.seatQty &&
  draft.reserveDate === reservation.reserveDate;
