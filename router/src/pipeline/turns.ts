import { Others } from '../admission/others.ts';
import type { Clock } from '../clock.ts';
import { OPERATOR } from '../request.ts';

/** While there are others, a client rests after each document so many times as long as that took: it has a quarter of the loop. */
const REST = 3;

interface Reader {
  /** The oldest first. */
  readonly waiting: (() => void)[];
  rests: boolean;
}

export interface TurnsOptions {
  readonly after: Clock['after'];
  /** In milliseconds, and parts of them. */
  readonly now?: () => number;
}

/**
 * Lets what has not been planned be read one at a time, clients in turn. To parse, validate and plan a document takes the event
 * loop for tens of milliseconds: what else it has to do comes between any two, those of one client leave most of it to others, and
 * those of all leave half of it to what is known.
 */
export class Turns {
  readonly #after: Clock['after'];
  readonly #now: () => number;
  readonly #others: Others;
  /** By client; whose turn comes next is first. */
  readonly #readers = new Map<string, Reader>();
  /** After a document all but operators rest as long as it took: together they have half of the loop, however many they are. */
  #allRest = false;
  #isDue = false;

  constructor({ after, now = () => performance.now() }: TurnsOptions) {
    this.#after = after;
    this.#now = now;
    this.#others = new Others(now);
  }

  /** A client sends something, whether it is known or not. */
  see(source: string): void {
    if (source !== OPERATOR) this.#others.see(source);
  }

  /** Reads a document when it is its client's turn. It rejects with what `read` throws. */
  async take<Result>(source: string, read: () => Result): Promise<Result> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reader(source).waiting.push(resolve);
    this.#schedule();
    await promise;
    const begun = this.#now();
    try {
      return read();
    } finally {
      const ms = this.#now() - begun;
      // Those who have sent the same document find it known, and do not rest.
      if (Math.round(ms * REST) > 0 && source !== OPERATOR && this.#others.arePresent) this.#rest(source, ms);
    }
  }

  #reader(source: string): Reader {
    const reader = this.#readers.get(source) ?? { waiting: [], rests: false };
    this.#readers.set(source, reader);
    return reader;
  }

  #rest(source: string, ms: number): void {
    const reader = this.#reader(source);
    reader.rests = true;
    this.#allRest = true;
    this.#after(Math.round(ms), () => {
      this.#allRest = false;
      this.#schedule();
    });
    this.#after(Math.round(ms * REST), () => {
      reader.rests = false;
      if (reader.waiting.length === 0) this.#readers.delete(source);
      this.#schedule();
    });
  }

  #schedule(): void {
    if (this.#isDue || this.#readers.size === 0) return;
    this.#isDue = true;
    setImmediate(() => {
      this.#isDue = false;
      this.#next();
    });
  }

  #next(): void {
    for (const [source, reader] of this.#readers) {
      if (reader.rests || (this.#allRest && source !== OPERATOR)) continue;
      const first = reader.waiting.shift();
      // To the end of the line, if it has more of them.
      this.#readers.delete(source);
      if (reader.waiting.length > 0) this.#readers.set(source, reader);
      first?.();
      this.#schedule();
      return;
    }
  }
}
