import type { LogEntry } from '@airline/database';

export interface Message {
  readonly id: string;
  readonly message: Record<string, string>;
}

/** The number of an entry: ids are `<seq>-0`. */
export const seqOf = (id: string): number => Number(id.slice(0, id.indexOf('-')));

/** A stream's message as an entry; one without an event is delivered whole, to become a dead letter. */
export const entryOf = ({ id, message }: Message): LogEntry => ({
  seq: seqOf(id),
  event: message.event ?? JSON.stringify(message),
});

/** The entries of a reply to XREAD or XREADGROUP on one stream; null is its timeout. */
export const entriesOf = (reply: unknown): LogEntry[] =>
  // The client's type of these replies depends on its RESP version; this is the shape for one stream.
  ((reply ?? []) as { messages: Message[] }[]).flatMap(({ messages }) => messages.map(entryOf));
