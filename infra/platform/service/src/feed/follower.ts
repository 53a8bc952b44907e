import type { EventLog } from '@airline/database';
import { cursorExpired } from '../errors/errors.ts';
import { type FeedEvent, feedEvent } from './feed-event.ts';

/** Events that one subscriber may have waiting; they are shared, so each costs it a pointer. */
const BUFFER = 100;

/** What a follower needs of its feed. */
export interface FollowedFeed {
  readonly log: EventLog;
  /** The number of the last event heard live; undefined before the first. */
  heard(): number | undefined;
  /** The event, if it concerns the topic. */
  concerns(event: FeedEvent | undefined, topic: string): event is FeedEvent;
  /** Calls back with the topic's events live; the returned function stops that. */
  listen(topic: string, hear: (event: FeedEvent) => void): () => void;
  ended(follower: Follower): void;
}

/** One subscriber's way through a log: `next` gives the topic's events in order, none twice, none left out. */
export interface Follower extends AsyncIterator<FeedEvent, undefined> {
  /** Ends it; a `next` that waits resolves at once. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** Nothing more is heard live above this number until the log was read again. */
  fallBehind(to: number): void;
}

/**
 * Follows a topic from a position on. A follower either catches up, which is to read the log, or is live, which is to
 * be handed what the feed hears. One whose buffer is full is handed no more, and catches up again once it has taken
 * what it has: a slow reader costs no memory and misses nothing.
 *
 * `next` rejects with CURSOR_EXPIRED when the log no longer holds what comes next.
 */
export function follow(feed: FollowedFeed, topic: string, after: number): Follower {
  const buffer: FeedEvent[] = [];
  /** All up to here has been considered; while live, so has all that was heard. */
  let position = after;
  let leave: (() => void) | undefined;
  let arrival: PromiseWithResolvers<void> | undefined;
  let isEnded = false;

  function rouse(): void {
    arrival?.resolve();
    arrival = undefined;
  }

  function arrived(): Promise<void> {
    arrival ??= Promise.withResolvers();
    return arrival.promise;
  }

  function hear(event: FeedEvent): void {
    if (event.seq <= position) return;
    if (buffer.length >= BUFFER) fallBehind(event.seq - 1);
    else buffer.push(event);
    rouse();
  }

  function fallBehind(to: number): void {
    if (!leave) return;
    leave();
    leave = undefined;
    position = Math.max(position, to);
    rouse();
  }

  function goLive(): void {
    leave = feed.listen(topic, hear);
  }

  const hasHeardMore = () => position < (feed.heard() ?? 0);

  async function catchUp(): Promise<void> {
    const heardBefore = feed.heard();
    if (heardBefore !== undefined && !hasHeardMore()) return goLive();
    // The end first: what it counts is then either read, or no longer kept.
    const last = await feed.log.last();
    const entries = await feed.log.read(position, BUFFER);
    if (isEnded) return;
    if ((entries[0]?.seq ?? last + 1) !== position + 1) throw cursorExpired();
    for (const entry of entries) {
      const event = feedEvent(entry);
      if (feed.concerns(event, topic)) buffer.push(event);
    }
    position = entries.at(-1)?.seq ?? position;
    // What was heard while the log was read may have been committed after its end was.
    if (entries.length === 0 && feed.heard() === heardBefore) goLive();
  }

  function end(): void {
    if (isEnded) return;
    isEnded = true;
    leave?.();
    leave = undefined;
    buffer.length = 0;
    rouse();
    feed.ended(follower);
  }

  async function next(): Promise<IteratorResult<FeedEvent, undefined>> {
    while (!isEnded) {
      const event = buffer.shift();
      if (event) return { done: false, value: event };
      if (leave) await arrived();
      else await catchUp();
    }
    return { done: true, value: undefined };
  }

  const follower: Follower = {
    next: () =>
      next().catch((error: unknown) => {
        end();
        throw error;
      }),
    return: async () => {
      end();
      return { done: true, value: undefined };
    },
    fallBehind,
  };
  return follower;
}
