import type { EventLog, LogEntry } from '@airline/database';
import type { Running, Transport } from '@airline/messaging';
import type { Logger } from '@airline/observability';
import { type Service, streamOf } from '@airline/schema/events';
import type { FeedEvent } from './feed-event.ts';
import { type FollowedFeed, type Follower, follow } from './follower.ts';
import { createReplays, type Replays } from './replays.ts';
import { createTopics } from './topics.ts';

export interface FeedOptions {
  readonly service: Service;
  readonly transport: Transport;
  readonly log: EventLog;
  readonly logger: Logger;
  /** The topics of an event: its subject, say. Called only while there are listeners. */
  readonly topicsOf: (event: FeedEvent) => readonly string[];
  readonly replays?: Replays;
}

/** A service's own events as they are published, by whichever replica, for the listeners in this process. */
export interface Feed extends Running {
  readonly log: EventLog;
  /** Calls back with a topic's events as they come; the returned function stops that. */
  listen(topic: string, listener: (event: FeedEvent) => void): () => void;
  /**
   * A topic's events above a number of the log, and then what comes; ended by `return` or with the feed.
   *
   * @param client whose replay it is while it is far behind; by default, one that shares its part of the budget with others
   */
  follow(topic: string, after: number, client?: string): Follower;
}

/**
 * Starts the one live tail of a service's stream that its process has. What an event costs grows with the listeners of
 * its topics, not with all listeners. Without Redis it starts later, and followers read the log first.
 */
export function startFeed(options: FeedOptions): Feed {
  const { service, transport, log, logger, topicsOf, replays = createReplays() } = options;
  const { listen, dispatch, concerns } = createTopics(topicsOf);
  const followers = new Set<Follower>();
  /** The number of the last event received live. */
  let received: number | undefined;

  /** From here on the tail receives everything; live followers may have missed what was before, and read the log. */
  function startAfter(seq: number): void {
    for (const follower of followers) follower.fallBehind(received ?? 0);
    received = seq;
  }

  function receive(entries: readonly LogEntry[]): void {
    for (const entry of entries) {
      // A stream that was restored is received again, and one that was trimmed while Redis was away leaves a gap.
      if (received !== undefined && entry.seq <= received) continue;
      if (entry.seq - 1 !== received) startAfter(entry.seq - 1);
      received = entry.seq;
      dispatch(entry);
    }
  }

  // In the background: without Redis a service starts all the same.
  const closing = new AbortController();
  const tail = transport.tail(streamOf(service), receive, undefined, closing.signal);
  tail.then(
    ({ from }) => {
      if (received === undefined) startAfter(from);
    },
    (error: unknown) => {
      if (!closing.signal.aborted) logger.error({ err: error }, 'event stream tail failed');
    },
  );

  const followed: FollowedFeed = {
    log,
    replays,
    listen,
    received: () => received,
    concerns,
    ended: (follower) => followers.delete(follower),
  };

  return {
    log,
    listen,
    follow: (topic, after, client = '') => {
      const follower = follow(followed, topic, after, client);
      followers.add(follower);
      if (closing.signal.aborted) void follower.return();
      return follower;
    },
    close: async () => {
      // Ends a tail that never started, too, for want of Redis.
      closing.abort();
      await Promise.all([...followers].map((follower) => follower.return()));
      await tail.then(
        (started) => started.close(),
        () => {},
      );
    },
  };
}
