import type { LogEntry } from '@airline/database';
import { type FeedEvent, feedEvent } from './feed-event.ts';

type Listener = (event: FeedEvent) => void;

/** The listeners of a feed, by topic. */
export function createTopics(topicsOf: (event: FeedEvent) => readonly string[]) {
  const listeners = new Map<string, Set<Listener>>();
  return {
    /** @returns how to stop */
    listen(topic: string, listener: Listener): () => void {
      const ofTopic = listeners.get(topic) ?? new Set();
      listeners.set(topic, ofTopic.add(listener));
      return () => {
        ofTopic.delete(listener);
        if (ofTopic.size === 0 && listeners.get(topic) === ofTopic) listeners.delete(topic);
      };
    },
    dispatch(entry: LogEntry): void {
      if (listeners.size === 0) return;
      const event = feedEvent(entry);
      if (!event) return;
      for (const topic of topicsOf(event)) {
        for (const listener of listeners.get(topic) ?? []) listener(event);
      }
    },
    concerns: (event: FeedEvent | undefined, topic: string): event is FeedEvent =>
      event !== undefined && topicsOf(event).includes(topic),
  };
}
