import type { LogEntry } from '@airline/database';
import { decode } from '@airline/messaging';
import type { EventType, PublishedEvent } from '@airline/schema/events';

/** An event of a service's own stream, shared by its followers. */
export interface FeedEvent<Type extends EventType = EventType> {
  readonly seq: number;
  readonly type: string;
  readonly subject: string;
  /** As it arrived: a newer replica may publish versions that this one does not know yet. */
  readonly data: Readonly<Record<string, unknown>>;
  /**
   * The event in the version that this process knows; read once, however often it is called.
   * @throws InvalidEventError
   */
  published(): PublishedEvent<Type>;
}

/** Reads an entry as far as it takes to know whom it concerns; undefined when it is no event at all. */
export function feedEvent({ seq, event }: LogEntry): FeedEvent | undefined {
  let envelope: Partial<Record<'type' | 'subject' | 'data', unknown>>;
  try {
    envelope = Object(JSON.parse(event));
  } catch {
    return undefined;
  }
  const { type, subject, data } = envelope;
  if (typeof type !== 'string' || typeof subject !== 'string') return undefined;
  let published: PublishedEvent | undefined;
  return {
    seq,
    type,
    subject,
    data: Object(data),
    published: () => {
      published ??= decode(event);
      return published;
    },
  };
}
