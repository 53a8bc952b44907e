import { actingCustomer, forbidden, input, notFound, RequestError, validate } from '@airline/service';
import type { GraphQLResolveInfo } from 'graphql';
import { z } from 'zod';
import type { MutationContext } from '../context.ts';
import { cancelByCustomer } from '../domain/cancel.ts';
import { type PlaceReservation, placeReservation, recordIdOf } from '../domain/place-reservation.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import type { ReservationRow } from '../store/tables.ts';

const MAX_SEATS = 1000;

// A field that the command lacks, and that would be dropped, is a type error.
const placement = z.object({
  customerId: input.id,
  flightId: input.id,
  seatQty: input.between(1, MAX_SEATS),
  reserveDate: input.date.nullish(),
  idempotencyKey: input.id.nullish(),
} satisfies Partial<Record<keyof PlaceReservation, z.ZodType>>);

const cancellation = z.object({ id: input.id });

/** Places a reservation under a new id; returns its row, or the earlier one of the same key. */
async function place(
  command: PlaceReservation,
  id: string,
  { caller, store, latestReservations, now }: MutationContext,
): Promise<ReservationRow> {
  const by = { customer: actingCustomer(caller), id, at: now().toISOString() };
  const result = await store.transact({
    keys: { idempotencyRecord: recordIdOf(command) },
    decide: (known) => placeReservation(known, command, by),
  });
  switch (result.status) {
    case 'PLACED':
      return result.reservation;
    case 'PLACED_BEFORE':
      return await latestReservations.get(result.reservationId);
    case 'KEY_REUSED':
      throw new RequestError(
        'IDEMPOTENCY_KEY_REUSED',
        `Idempotency key "${command.idempotencyKey}" was used for another reservation; use a new key.`,
        'input.idempotencyKey',
      );
    case 'FOR_ANOTHER':
      throw forbidden('input.customerId', 'Reservations are placed for oneself only.');
  }
}

/** The reservation once it has settled, or as it is on timeout. */
async function awaitOutcome(
  id: string,
  known: () => Promise<ReservationRow>,
  context: MutationContext,
): Promise<ReservationRow> {
  const { outcomes, latestReservations, timeoutMs } = context;
  // Before it is known: the outcome may arrive before the response of its database.
  using outcome = outcomes.settled(id, timeoutMs);
  const reservation = await known();
  if (reservation.status !== 'PENDING') return reservation;
  const latest = () => latestReservations.get(reservation.id);
  // An earlier one, of the same key.
  if (reservation.id !== id) return await awaitOutcome(reservation.id, latest, context);
  await outcome.promise;
  return await latest();
}

export const Mutation = {
  placeReservation: async (_parent, args, context, { path }: Pick<GraphQLResolveInfo, 'path'>) => {
    const { idempotencyKey } = context;
    const sent = idempotencyKey === undefined ? undefined : ([idempotencyKey, String(path.key)] as const);
    const { awaitOutcome: awaitsOutcome, ...asked } = args.input;
    const command = { ...validate(placement, asked), sent };
    const id = context.newId();
    const placed = () => place(command, id, context);
    return { reservation: await (awaitsOutcome ? awaitOutcome(id, placed, context) : placed()) };
  },

  cancelReservation: async (_parent, args, { caller, store, now }) => {
    const { id } = validate(cancellation, args.input);
    const customer = actingCustomer(caller);
    const at = now().toISOString();
    const reservation = await store.transact({
      keys: { reservation: id },
      decide: (known) => cancelByCustomer(known, customer, at),
    });
    if (!reservation) throw notFound('input.id', `No such reservation: ${id}.`);
    return { reservation };
  },
} satisfies MutationResolvers<MutationContext>;
