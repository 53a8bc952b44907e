import { input, notFound, RequestError, validate } from '@airline/service';
import { z } from 'zod';
import type { MutationContext } from '../context.ts';
import { cancelByCustomer } from '../domain/cancel.ts';
import { placeReservation } from '../domain/place-reservation.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { ReservationRow } from '../store/tables.ts';

const MAX_SEATS = 1000;

const wish = z.object({
  customerId: input.id,
  flightId: input.id,
  seatQty: input.between(1, MAX_SEATS),
  reserveDate: input.date.nullish(),
  idempotencyKey: input.id.nullish(),
});

const cancellation = z.object({ id: input.id });

type Wish = z.output<typeof wish>;

/** Places, and answers the row as it was stored, now or under the same key before. */
async function place(
  wanted: Wish,
  { store, reservations, now, newId, traceparent }: MutationContext,
): Promise<ReservationRow> {
  const { customerId, flightId, seatQty, idempotencyKey } = wanted;
  const at = now().toISOString();
  const reserveDate = wanted.reserveDate ?? at.slice(0, 10);
  const id = newId();
  const placement = idempotencyKey
    ? {
        id: JSON.stringify([customerId, idempotencyKey]),
        reservationId: id,
        request: JSON.stringify([flightId, seatQty, wanted.reserveDate ?? null]),
      }
    : undefined;
  const result = await store.transact({
    keys: { placement: placement?.id },
    decide: (known) =>
      placeReservation(known, { id, customerId, flightId, seatQty, reserveDate }, at, placement),
    traceparent,
  });
  switch (result.status) {
    case 'PLACED':
      return result.reservation;
    case 'PLACED_BEFORE':
      return await reservations.latest(result.reservationId);
    case 'KEY_REUSED':
      throw new RequestError(
        'IDEMPOTENCY_KEY_REUSED',
        `The key "${idempotencyKey}" stands for another reservation of customer ${customerId}: use a new one.`,
        'input.idempotencyKey',
      );
  }
}

export const Mutation = {
  placeReservation: async (_parent, args, context) => {
    const placed = await place(validate(wish, args.input), context);
    if (!args.input.awaitOutcome || placed.status !== 'PENDING') return { reservation: placed };
    const outcome = context.outcomes.settled(placed.id);
    try {
      // It may have settled before anybody listened.
      const already = await context.reservations.latest(placed.id);
      if (already.status !== 'PENDING') return { reservation: already };
      await outcome.promise;
      return { reservation: await context.reservations.latest(placed.id) };
    } finally {
      outcome.forget();
    }
  },

  cancelReservation: async (_parent, args, { store, now, traceparent }) => {
    const { id } = validate(cancellation, args.input);
    const reservation = await store.transact({
      keys: { reservation: id },
      decide: (known) => cancelByCustomer(known, now().toISOString()),
      traceparent,
    });
    if (!reservation) throw notFound('input.id', `There is no reservation ${id}.`);
    return { reservation };
  },
} satisfies MutationResolvers<MutationContext>;
