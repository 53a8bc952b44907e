import type { FeedEvent } from '@airline/service';

/** What a subscriber to one flight listens to, or to all of them. */
export const topicOf = (id: string | null | undefined): string => (id == null ? 'all' : `flight ${id}`);

/** What those listen to whom an event concerns; a refusal changes no flight, and may name one that does not exist. */
export const topicsOf = ({ type, subject }: FeedEvent): readonly string[] =>
  type === 'SeatsSoldOut' ? [] : [topicOf(null), topicOf(subject)];
