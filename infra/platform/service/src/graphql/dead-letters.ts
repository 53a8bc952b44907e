import type { State, Store } from '@airline/database';
import type { Service } from '@airline/schema/events';
import { badUserInput } from '../errors/errors.ts';
import { requireOperator } from '../http/operator.ts';
import type { RequestFacts } from '../runtime/subgraph.ts';

interface OperatorContext<S extends State> extends RequestFacts {
  readonly store: Store<S>;
}

/** Letters that one question answers at most. */
const MOST = 1000;

/** The fields by which operators see and replay a service's dead letters. */
export function deadLetterResolvers<S extends State>(service: Service) {
  const capitalised = service.charAt(0).toUpperCase() + service.slice(1);
  return {
    Query: {
      [`${service}DeadLetters`]: async (
        _parent: unknown,
        args: { first: number },
        context: OperatorContext<S>,
      ) => {
        requireOperator(context);
        if (args.first < 1 || args.first > MOST) throw badUserInput('first', `"first" must be 1 to ${MOST}.`);
        return await context.store.deadLetters.list(args.first);
      },
    },
    Mutation: {
      [`replay${capitalised}DeadLetters`]: async (
        _parent: unknown,
        { eventIds }: { eventIds?: readonly string[] | null },
        context: OperatorContext<S>,
      ) => {
        requireOperator(context);
        return await context.store.deadLetters.askReplay(eventIds ?? undefined);
      },
    },
  };
}
