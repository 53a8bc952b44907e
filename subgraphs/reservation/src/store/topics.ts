import type { FeedEvent } from '@airline/service';

interface Wanted {
  readonly id?: unknown;
  readonly customerId?: unknown;
}

/** What a subscriber listens to: one reservation, those of a customer, one if it is that customer's, or all. */
export const topicOf = ({ id, customerId }: Wanted): string =>
  JSON.stringify([id ?? null, customerId ?? null]);

/** What those listen to whom an event concerns. */
export function topicsOf({ subject: id, data: { customerId } }: FeedEvent): readonly string[] {
  return [{}, { id }, { customerId }, { id, customerId }].map(topicOf);
}
