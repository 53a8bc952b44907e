import type { EventLog } from '@airline/database';
import { cursorExpired } from '../errors/errors.ts';
import { type FeedEvent, feedEvent } from './feed-event.ts';
import type { Replays, Turn } from './replays.ts';

/** Events that one subscriber may have waiting; they are shared, so each costs it a pointer. */
const BUFFER = 100;
/** Entries that are read at once: their events may all be executed before the event loop goes on. */
const PAGE = 50;

/** What a follower needs of its feed. */
export interface FollowedFeed {
  readonly log: EventLog;
  readonly replays: Replays;
  /** The number of the last event received live; undefined before the first. */
  received(): number | undefined;
  /** The event, if it concerns the topic. */
  concerns(event: FeedEvent | undefined, topic: string): event is FeedEvent;
  /** Calls back with the topic's events live; the returned function stops that. */
  listen(topic: string, listener: (event: FeedEvent) => void): () => void;
  ended(follower: Follower): void;
}

/** One subscriber's way through a log: `next` gives the topic's events in order, none twice, none left out. */
export interface Follower extends AsyncIterator<FeedEvent, undefined> {
  /** Ends it; a `next` that waits resolves at once. */
  return(): Promise<IteratorReturnResult<undefined>>;
  /** Nothing more is received live above this number until the log was read again. */
  fallBehind(to: number): void;
}

/**
 * Follows a topic from a position on. A follower either catches up, which is to read the log, or is live, which is to
 * be handed what the feed receives. One whose buffer is full is handed no more, and catches up again once it has taken
 * what it has: a slow reader costs no memory and misses nothing.
 *
 * `next` rejects with CURSOR_EXPIRED when the log no longer holds what comes next.
 */
export function follow(feed: FollowedFeed, topic: string, after: number, client: string): Follower {
  return new LogFollower(feed, topic, after, client);
}

class LogFollower implements Follower {
  readonly #feed: FollowedFeed;
  readonly #topic: string;
  readonly #client: string;
  readonly #buffer: FeedEvent[] = [];
  /** All up to here has been considered; while live, so has all that was received. */
  #position: number;
  /** Stops listening; undefined while it catches up. */
  #leave: (() => void) | undefined;
  #arrival: PromiseWithResolvers<void> | undefined;
  /** While it catches up. */
  #turn: Turn | undefined;
  #isEnded = false;

  constructor(feed: FollowedFeed, topic: string, after: number, client: string) {
    this.#feed = feed;
    this.#topic = topic;
    this.#position = after;
    this.#client = client;
  }

  async next(): Promise<IteratorResult<FeedEvent, undefined>> {
    try {
      while (!this.#isEnded) {
        const event = this.#buffer.shift();
        if (event) return { done: false, value: event };
        if (this.#leave) await this.#arrived();
        else await this.#catchUp();
      }
      return { done: true, value: undefined };
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.#end();
    return { done: true, value: undefined };
  }

  fallBehind(to: number): void {
    if (!this.#leave) return;
    this.#leave();
    this.#leave = undefined;
    this.#position = Math.max(this.#position, to);
    this.#rouse();
  }

  async #catchUp(): Promise<void> {
    const received = this.#feed.received();
    if (received !== undefined && received <= this.#position) return this.#goLive();
    this.#turn = this.#feed.replays.read({
      client: this.#client,
      isNear: received !== undefined && received <= this.#position + PAGE,
      read: () => this.#readPage(),
    });
    await this.#turn.done;
    this.#turn = undefined;
  }

  /** @returns how many entries the page had */
  async #readPage(): Promise<number> {
    const { log } = this.#feed;
    const seenBefore = this.#feed.received();
    // The end first: what it counts is then either read, or no longer kept.
    const last = await log.last();
    const entries = await log.read(this.#position, PAGE);
    if (this.#isEnded) return entries.length;
    if ((entries[0]?.seq ?? last + 1) !== this.#position + 1) throw cursorExpired();
    for (const entry of entries) {
      const event = feedEvent(entry);
      if (this.#feed.concerns(event, this.#topic)) this.#buffer.push(event);
    }
    this.#position = entries.at(-1)?.seq ?? this.#position;
    // What was received while the log was read may have been committed after its end was.
    if (entries.length === 0 && this.#feed.received() === seenBefore) this.#goLive();
    return entries.length;
  }

  #goLive(): void {
    this.#leave = this.#feed.listen(this.#topic, (event) => this.#receive(event));
  }

  #receive(event: FeedEvent): void {
    if (event.seq <= this.#position) return;
    if (this.#buffer.length >= BUFFER) this.fallBehind(event.seq - 1);
    else this.#buffer.push(event);
    this.#rouse();
  }

  #arrived(): Promise<void> {
    this.#arrival ??= Promise.withResolvers();
    return this.#arrival.promise;
  }

  #rouse(): void {
    this.#arrival?.resolve();
    this.#arrival = undefined;
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#turn?.cancel();
    this.#leave?.();
    this.#leave = undefined;
    this.#buffer.length = 0;
    this.#rouse();
    this.#feed.ended(this);
  }
}
