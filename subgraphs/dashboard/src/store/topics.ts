import type { FeedEvent } from '@airline/service';

/** What a subscriber to one customer's info listens to, or to every customer's. */
export const topicOf = (customerId: string | null | undefined): string =>
  customerId == null ? 'all' : `customer ${customerId}`;

/** What those listen to whom an event concerns. */
export const topicsOf = ({ subject }: FeedEvent): readonly string[] => [topicOf(null), topicOf(subject)];
