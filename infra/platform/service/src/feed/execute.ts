import {
  createSourceEventStream,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  GraphQLError,
} from 'graphql';
import type { WorkContext } from '../graphql/bounded-fields.ts';
import { iterator } from '../graphql/iterator.ts';
import { cursorOf } from './cursor.ts';
import { announcement } from './subscription-result.ts';
import type { Beginning, Update } from './updates.ts';

type Source = AsyncIterator<Update<never, unknown> | Beginning, undefined>;
type Results = AsyncIterableIterator<ExecutionResult, undefined>;

/**
 * Executes a subscription as graphql-js does, but each event with a context of its own, whose loaders have read
 * nothing yet, and with its cursor in the result's `extensions`.
 *
 * For a refused subscription, `next` rejects with the reason.
 */
export async function executeSubscription(
  args: ExecutionArgs,
  newContext: () => WorkContext,
): Promise<Results> {
  const source = await createSourceEventStream({ ...args, contextValue: newContext() });
  if (!(Symbol.asyncIterator in source)) return refused(source);
  // graphql-js does not type what a source yields; the `subscribe` resolvers are made by subscribeToUpdates.
  const updates = source[Symbol.asyncIterator]() as Source;
  let isEnded = false;

  async function resultOf(update: Update<never, unknown> | Beginning): Promise<ExecutionResult> {
    if ('hasState' in update) {
      return announcement(cursorOf(update.seq), update.hasState);
    }
    const context = newContext();
    const executed = await execute({ ...args, rootValue: update, contextValue: context });
    const { fault } = context.work;
    const result = fault ? { data: null, errors: [new GraphQLError(fault.message, fault)] } : executed;
    return update.event ? { ...result, extensions: { cursor: cursorOf(update.seq) } } : result;
  }

  async function end(): Promise<void> {
    isEnded = true;
    await updates.return?.();
  }

  async function next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    try {
      const step = await updates.next();
      if (step.done) return step;
      const value = await resultOf(step.value);
      return isEnded ? { done: true, value: undefined } : { done: false, value };
    } catch (error) {
      // graphql-ws does not call `return` after a failure.
      await end();
      throw error;
    }
  }

  return iterator(next, end);
}

function refused({ errors }: ExecutionResult): Results {
  const [reason] = errors ?? [];
  return iterator(() =>
    Promise.reject(reason ?? new Error('A subscription has neither a source of events nor errors.')),
  );
}
