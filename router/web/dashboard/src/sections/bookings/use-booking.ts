import { useServices, useValue } from '../../app/context.ts';
import { isLike } from '../../app/restored.ts';
import { useSubmitOnce } from '../../app/submit-once.ts';
import { useTyped } from '../../app/typed.ts';
import type { Problem } from '../../data/problem.ts';
import { PlaceReservationDocument } from '../../generated/graphql.ts';
import { type BookingInput, readBooking, type TypedBooking } from './booking-input.ts';
import { forgetKey, keyOf } from './booking-keys.ts';

/** A booking that was not made, or of which that is not known yet. */
export interface Unmade {
  readonly problem: Problem;
  /** What was sent; undefined: nothing was, or that is not known. */
  readonly input: BookingInput | undefined;
}

const SENT: BookingInput = { customerId: '', flightId: '', seatQty: 0, reserveDate: '' };
const isUnmade = (kept: unknown): kept is Unmade =>
  isLike({ problem: { code: '', message: '' } }, kept) &&
  (Object(kept).input === undefined || isLike(SENT, Object(kept).input));

/**
 * Sends the form as it is filled, each time with the same idempotency key, until it is booked.
 * @param booked called with each booking that was made
 */
export function useBooking(typed: TypedBooking, booked: (id: string) => void) {
  const { graph, store, live } = useServices();
  const [unmade, setUnmade] = useTyped<Unmade | undefined>('unmade', undefined, isUnmade);
  /** Also by a form that was left meanwhile. */
  const isSent = useValue(live.drafts.list).length > 0;

  async function send(): Promise<void> {
    if (isSent) return;
    const read = readBooking(typed, store.flights.get(typed.flightId)?.row);
    if ('problem' in read) return setUnmade({ problem: read.problem, input: undefined });
    setUnmade(undefined);
    const { input } = read;
    const sent = JSON.stringify(input);
    const key = keyOf(sent);
    live.drafts.add({ ...input, key });
    const asOf = live.ticks.next();
    const { data, problem } = await graph
      .mutate(PlaceReservationDocument, { input: { ...input, idempotencyKey: key } })
      .finally(() => live.drafts.remove(key));
    if (!data) {
      if (problem.code === 'IDEMPOTENCY_KEY_REUSED') forgetKey(sent);
      return setUnmade({ problem, input });
    }
    forgetKey(sent);
    const { reservation } = data.placeReservation;
    store.reservations.put(reservation, asOf, performance.now());
    store.touch();
    booked(reservation.id);
  }

  const { isSending, handlers } = useSubmitOnce(send, (problem) => setUnmade({ problem, input: undefined }));
  return { isSending: isSending || isSent, handlers, unmade, forget: () => setUnmade(undefined) };
}
