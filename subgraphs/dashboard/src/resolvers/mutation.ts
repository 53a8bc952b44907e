import { cancelReasons } from '@airline/schema/events';
import { input, validate } from '@airline/service';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';
import { eraseCustomer } from '../workers/erase.ts';
import { recountInfos, replay } from '../workers/rebuild.ts';

/** Reservations of one request. */
const MOST = 1000;

const reservations = z
  .array(
    z.object({
      id: input.id,
      customerId: input.id,
      flightId: input.id,
      seatQty: z.int().min(1, 'must be 1 or more'),
      reserveDate: input.date,
      placedAt: z.iso.datetime(),
      succeededAt: z.iso.datetime().nullish(),
      canceled: z.object({ at: z.iso.datetime(), reason: z.enum(cancelReasons) }).nullish(),
    }),
  )
  .max(MOST, `must have at most ${MOST} entries`);

const erasure = z.object({ customerId: input.id, reason: input.text(500) });

// For operators only: their commands call these.
export const Mutation = {
  replayReservations: async (_parent, args, { store }) =>
    await replay(store, validate(reservations, args.input)),

  recountCustomerInfos: async (_parent, { after }, { store, now }) => await recountInfos(store, now, after),

  eraseCustomer: async (_parent, args, { store, now }) => {
    const asked = validate(erasure, args.input);
    return await eraseCustomer(store, { ...asked, erasedAt: now().toISOString() });
  },
} satisfies MutationResolvers<Context>;
