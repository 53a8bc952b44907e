import type { FeedEvent } from '@airline/service';

/** The topic of subscriptions to one flight, or to all. */
export const topicOf = (id: string | null | undefined): string => (id == null ? 'all' : `flight ${id}`);

/** The topics of an event. A refusal has none: it changes no flight, and its flight may not exist. */
export const topicsOf = ({ type, subject }: FeedEvent): readonly string[] =>
  type === 'SeatsSoldOut' ? [] : [topicOf(null), topicOf(subject)];
