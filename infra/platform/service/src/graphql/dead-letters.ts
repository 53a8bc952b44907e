import type { DeadLetters } from '@airline/database';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import { badUserInput } from '../errors/errors.ts';

/** Maximum number of dead letters per query. */
const MAX_LETTERS = 1000;

/** Resolvers of the fields by which operators list and replay a service's dead letters. */
export function deadLetterResolvers(
  service: string,
  deadLetters: Pick<DeadLetters, 'list' | 'requestReplay'>,
) {
  const { list, replay } = deadLetterFieldNames(service);
  return {
    Query: {
      [list]: async (_parent: unknown, { first }: { first: number }) => {
        if (first < 1 || first > MAX_LETTERS)
          throw badUserInput('first', `"first" must be from 1 to ${MAX_LETTERS}, not ${first}.`);
        return await deadLetters.list(first);
      },
    },
    Mutation: {
      [replay]: async (_parent: unknown, { eventIds }: { eventIds?: readonly string[] | null }) =>
        await deadLetters.requestReplay(eventIds ?? undefined),
    },
  };
}
