import { badUserInput, input, notFound, validate } from '@airline/service';
import { z } from 'zod';
import type { MutationContext } from '../context.ts';
import { registerFlight } from '../domain/register-flight.ts';
import { type FlightChanges, updateFlight } from '../domain/update-flight.ts';
import type { MutationResolvers } from '../generated/resolvers.ts';

const MAX_SEATS = 1_000_000;
const cost = input.between(0, 1_000_000_000);
const capacity = input.between(0, MAX_SEATS);

const registration = z.object({
  flightCode: input.text(20),
  takeoffDate: input.date,
  cost,
  currency: input.currency.nullish().transform((currency) => currency ?? 'KRW'),
  remainingSeatsCount: capacity,
});

const update = z.object({
  id: input.id,
  cost: cost.nullish(),
  takeoffDate: input.date.nullish(),
  capacity: capacity.nullish(),
} satisfies Record<'id' | keyof FlightChanges, z.ZodType>);

export const Mutation = {
  registerFlight: async (_parent, args, { store, newId }) => {
    const { remainingSeatsCount, ...rest } = validate(registration, args.input);
    const flight = { id: newId(), ...rest, capacity: remainingSeatsCount };
    return { flight: await store.transact({ keys: {}, decide: () => registerFlight(flight) }) };
  },

  updateFlight: async (_parent, args, { store }) => {
    const { id, ...changes } = validate(update, args.input);
    const result = await store.transact({
      keys: { flight: id },
      decide: (known) => updateFlight(known, changes),
    });
    switch (result.status) {
      case 'UPDATED':
        return { flight: result.flight };
      case 'NOT_FOUND':
        throw notFound('input.id', `No such flight: ${id}.`);
      case 'CAPACITY_TOO_LOW':
        throw badUserInput(
          'input.capacity',
          `"input.capacity" must be ${result.taken} or more, the number of held and sold seats.`,
        );
    }
  },
} satisfies MutationResolvers<MutationContext>;
