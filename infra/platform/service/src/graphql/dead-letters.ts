import type { DeadLetters } from '@airline/database';
import { deadLetterFieldNames } from '@airline/schema/type-defs';
import { badUserInput } from '../errors/errors.ts';
import type { Caller } from '../identity/caller.ts';
import { requireOperator } from '../identity/require-operator.ts';

interface OperatorContext {
  readonly caller: Caller;
}

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
      [list]: async (_parent: unknown, { first }: { first: number }, context: OperatorContext) => {
        requireOperator(context);
        if (first < 1 || first > MAX_LETTERS)
          throw badUserInput('first', `"first" must be from 1 to ${MAX_LETTERS}, not ${first}.`);
        return await deadLetters.list(first);
      },
    },
    Mutation: {
      [replay]: async (
        _parent: unknown,
        { eventIds }: { eventIds?: readonly string[] | null },
        context: OperatorContext,
      ) => {
        requireOperator(context);
        return await deadLetters.requestReplay(eventIds ?? undefined);
      },
    },
  };
}
