import type { LogEntry } from '@airline/database';

export interface Message {
  readonly id: string;
  readonly message: Record<string, string>;
}

/** The number of an entry: ids are `<seq>-0`. */
export const seqOf = (id: string): number => Number(id.slice(0, id.indexOf('-')));

/** The form of a relay's ids; entries that others append have ids of other forms. */
const OWN_ID = /^\d{1,15}-0$/;

/** Whether a relay may have appended a message. */
export const isOwn = ({ id }: Message): boolean => OWN_ID.test(id);

/** A stream's message as an entry; one without an event is delivered whole, to become a dead letter. */
export const entryOf = ({ id, message }: Message): LogEntry => ({
  seq: seqOf(id),
  event: message.event ?? JSON.stringify(message),
});

/** The messages of a reply to XREAD or XREADGROUP on one stream; null is its timeout. */
export const messagesOf = (reply: unknown): Message[] =>
  // The client's type of these replies depends on its RESP version; this is the shape for one stream.
  ((reply ?? []) as { messages: Message[] }[]).flatMap(({ messages }) => messages);

/**
 * The entries of one reader. A message that no relay has appended becomes an entry with a negative number of this reader's own:
 * its id, which is no number, is kept to acknowledge it by. It is delivered whole, to become a dead letter.
 */
export class ReaderEntries {
  readonly #foreign = new Map<number, string>();
  readonly #numbers = new Map<string, number>();
  #count = 0;

  entryOf(message: Message): LogEntry {
    if (isOwn(message)) return entryOf(message);
    const { id } = message;
    const seq = this.#numbers.get(id) ?? this.#add(id);
    return { seq, event: JSON.stringify(message) };
  }

  /** The ids of entries that are not acknowledged yet. */
  idsOf(seqs: readonly number[]): string[] {
    return seqs.map((seq) => this.#foreign.get(seq) ?? `${seq}-0`);
  }

  /** The ids of entries that are acknowledged. */
  acknowledged(seqs: readonly number[]): string[] {
    const ids = this.idsOf(seqs);
    for (const seq of seqs) this.#foreign.delete(seq);
    for (const id of ids) this.#numbers.delete(id);
    return ids;
  }

  #add(id: string): number {
    this.#count += 1;
    this.#foreign.set(-this.#count, id);
    this.#numbers.set(id, -this.#count);
    return -this.#count;
  }
}
