import type { FeedEvent } from '@airline/service';

interface TopicFilter {
  readonly id?: unknown;
  readonly customerId?: unknown;
}

/** The topic of subscriptions to one reservation, those of a customer, one if it is that customer's, or all. */
export const topicOf = ({ id, customerId }: TopicFilter): string =>
  JSON.stringify([id ?? null, customerId ?? null]);

/** The topics of an event. */
export function topicsOf({ subject: id, data: { customerId } }: FeedEvent): readonly string[] {
  return [{}, { id }, { customerId }, { id, customerId }].map(topicOf);
}
