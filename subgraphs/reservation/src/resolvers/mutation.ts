import { input, notFound, RequestError, validate } from '@airline/service';
import { z } from 'zod';
import type { MutationContext } from '../context.ts';
import { cancelByCustomer } from '../domain/cancel.ts';
import { type PlaceReservation, placeReservation, recordIdOf } from '../domain/place-reservation.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { ReservationRow } from '../store/tables.ts';

const MAX_SEATS = 1000;

const placement = z.object({
  customerId: input.id,
  flightId: input.id,
  seatQty: input.between(1, MAX_SEATS),
  reserveDate: input.date.nullish(),
  idempotencyKey: input.id.nullish(),
});

const cancellation = z.object({ id: input.id });

/** Places a reservation; returns its row, or the earlier one of the same key. */
async function place(
  command: PlaceReservation,
  { store, reservations, now, newId, traceparent }: MutationContext,
): Promise<ReservationRow> {
  const id = newId();
  const at = now().toISOString();
  const result = await store.transact({
    keys: { idempotencyRecord: recordIdOf(command) },
    decide: (known) => placeReservation(known, command, id, at),
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
        `Idempotency key "${command.idempotencyKey}" was used for another reservation; use a new key.`,
        'input.idempotencyKey',
      );
  }
}

export const Mutation = {
  placeReservation: async (_parent, args, context) => {
    const placed = await place(validate(placement, args.input), context);
    if (!args.input.awaitOutcome || placed.status !== 'PENDING') return { reservation: placed };
    const outcome = context.outcomes.settled(placed.id);
    try {
      // It may have settled before this request waited.
      const already = await context.reservations.latest(placed.id);
      if (already.status !== 'PENDING') return { reservation: already };
      await outcome.promise;
      return { reservation: await context.reservations.latest(placed.id) };
    } finally {
      outcome.stop();
    }
  },

  cancelReservation: async (_parent, args, { store, now, traceparent }) => {
    const { id } = validate(cancellation, args.input);
    const at = now().toISOString();
    const reservation = await store.transact({
      keys: { reservation: id },
      decide: (known) => cancelByCustomer(known, at),
      traceparent,
    });
    if (!reservation) throw notFound('input.id', `No such reservation: ${id}.`);
    return { reservation };
  },
} satisfies MutationResolvers<MutationContext>;
