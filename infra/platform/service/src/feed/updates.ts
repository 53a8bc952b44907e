import type { EventType } from '@airline/schema/events';
import { iterator } from '../graphql/iterator.ts';
import { positionOf, type Start } from './cursor.ts';
import type { Feed } from './feed.ts';
import type { FeedEvent } from './feed-event.ts';

/**
 * What a subscription's root field resolves: the state it began with, or an event, behind which it can be resumed. A
 * state has no `seq`, since it may hold more than was published when it was read (subscription-result.ts).
 */
export type Update<Type extends EventType, State> =
  | { readonly seq?: undefined; readonly state: State; readonly event?: undefined }
  | { readonly seq: number; readonly state?: undefined; readonly event: FeedEvent<Type> };

/** The announcement (subscription-result.ts). */
export interface Beginning {
  readonly seq: number;
  readonly hasState: boolean;
}

type Updates<Type extends EventType, State> = AsyncIterableIterator<
  Update<Type, State> | Beginning,
  undefined
>;

export interface UpdatesOptions<Type extends EventType, State> {
  readonly feed: Feed;
  readonly topic: string;
  readonly start: Start;
  /** The state now of the one entity that the subscription names, where it names one. */
  readonly state?: (() => Promise<State | undefined>) | undefined;
  /** Whether an event is newer than that state; each is by default. */
  readonly isNewer?: (event: FeedEvent<Type>, state: State) => boolean;
}

/**
 * The source of one subscription, for its `subscribe` resolver: the state now, unless it resumes from a cursor, and
 * then the events, without those that the state includes already.
 *
 * @throws RequestError BAD_USER_INPUT or CURSOR_EXPIRED for its cursor; `next` rejects with the latter when a reader
 * has fallen behind what the log keeps
 */
export async function subscribeToUpdates<Type extends EventType, State>(
  options: UpdatesOptions<Type, State>,
): Promise<Updates<Type, State>> {
  const { feed, topic, start, isNewer } = options;
  const position = await positionOf(start, feed.log);
  const events = feed.follow(topic, position, start.client);
  let isAnnounced = !start.isAnnounced;
  let readState = start.cursor === undefined || start.cursor === null ? options.state : undefined;
  let first: State | undefined;

  function isNews(event: FeedEvent<Type>): boolean {
    if (first === undefined || !isNewer) return true;
    try {
      return isNewer(event, first);
    } catch {
      // What cannot be read is reported where it is resolved.
      return true;
    }
  }

  async function next(): Promise<IteratorResult<Update<Type, State> | Beginning, undefined>> {
    if (!isAnnounced) {
      isAnnounced = true;
      return { done: false, value: { seq: position, hasState: options.state !== undefined } };
    }
    if (readState) {
      const reading = readState();
      readState = undefined;
      first = await reading;
      if (first !== undefined) return { done: false, value: { state: first } };
    }
    for (;;) {
      const step = await events.next();
      if (step.done) return step;
      // The feed has the events of one service, and its topics those of one type.
      const event = step.value as FeedEvent<Type>;
      if (isNews(event)) return { done: false, value: { seq: event.seq, event } };
    }
  }

  return iterator(next, () => events.return());
}
