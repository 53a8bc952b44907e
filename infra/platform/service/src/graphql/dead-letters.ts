import type { DeadLetters } from '@airline/database';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import { z } from 'zod';
import { badUserInput } from '../errors/errors.ts';
import { input, validate } from '../errors/validate.ts';
import type { Caller } from '../identity/caller.ts';

/** Maximum number of dead letters per query, and of those that one mutation names: a statement has a variable for each. */
const MAX_LETTERS = 1000;

/** Who drops letters of an open system. */
const UNKNOWN = 'unknown (the system is open)';

/** What operators do with dead letters. */
export type OperatedLetters = Pick<DeadLetters, 'list' | 'requestReplay' | 'drop'>;

const eventIds = z.array(z.string()).max(MAX_LETTERS, `must have at most ${MAX_LETTERS} entries`);
const replayed = z.object({ eventIds: eventIds.nullish(), eventType: z.string().nullish() });
const dropped = z.object({ eventIds, reason: input.text(500) });

/** Resolvers of the fields by which operators list, replay and drop a service's dead letters. */
export function deadLetterResolvers(service: string, deadLetters: OperatedLetters) {
  const { list, replay, drop } = deadLetterFieldNames(service);
  return {
    Query: {
      [list]: async (_parent: unknown, { first }: { first: number }) => {
        if (first < 1 || first > MAX_LETTERS)
          throw badUserInput('first', `"first" must be from 1 to ${MAX_LETTERS}, not ${first}.`);
        return await deadLetters.list(first);
      },
    },
    Mutation: {
      [replay]: async (_parent: unknown, args: object) => {
        const { eventIds, eventType } = validate(replayed, args, []);
        return await deadLetters.requestReplay({
          eventIds: eventIds ?? undefined,
          eventType: eventType ?? undefined,
        });
      },
      [drop]: async (_parent: unknown, args: object, { caller }: { readonly caller: Caller }) => {
        const { eventIds, reason } = validate(dropped, args, []);
        return await deadLetters.drop(eventIds, { by: caller.subject ?? UNKNOWN, reason });
      },
    },
  };
}
