import type { ServerResponse } from 'node:http';
import type { Answer } from '../../request.ts';
import { drained } from './drained.ts';

/** What one client's operations are sent over, once its client has opened it. */
export interface Stream<Prepared> {
  readonly opened: Promise<ServerResponse>;
  open(response: ServerResponse): void;
  /** Its one operation, where that was prepared elsewhere. */
  readonly prepared?: Prepared | undefined;
  /** Stops the wait for its client. */
  claim: () => void;
  /** Operations, other than subscriptions, of which the client has not read all. */
  unread: number;
}

/** @returns to be called once the operation is over */
export function countIn(stream: Pick<Stream<unknown>, 'unread'>): () => void {
  let isCounted = true;
  stream.unread += 1;
  return () => {
    if (isCounted) stream.unread -= 1;
    isCounted = false;
  };
}

export type Answers = Required<AsyncIterableIterator<Answer, undefined>>;

/** @param over called when the answer was taken and another asked for, or nobody wants it any more */
export function once(answer: Answer, over: () => void): Answers {
  let isTaken = false;
  const end = async () => {
    isTaken = true;
    over();
    return { done: true as const, value: undefined };
  };
  const iterator: Answers = {
    next: async () => {
      if (isTaken) return await end();
      isTaken = true;
      return { done: false, value: answer };
    },
    return: end,
    throw: async (error) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

export function createStream<Prepared>(prepared?: Prepared): Stream<Prepared> {
  const { promise, resolve } = Promise.withResolvers<ServerResponse>();
  return { opened: promise, open: resolve, prepared, claim: () => {}, unread: 0 };
}

/** graphql-sse reads ahead without bound, so it is given no more than its client takes. */
export function whileRead(answers: Answers, { opened }: Pick<Stream<unknown>, 'opened'>): Answers {
  const iterator: Answers = {
    next: async () => {
      await drained(await opened);
      return await answers.next();
    },
    return: async () => await answers.return(),
    throw: async (error) => await answers.throw(error),
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
