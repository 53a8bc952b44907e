import { getHeapStatistics } from 'node:v8';

/** About how many bytes of memory something takes. It counts as part of what holds it. */
export class Weight {
  #bytes = 0;
  #holder: Weight | undefined;

  get bytes(): number {
    return this.#bytes;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    this.#holder?.add(bytes);
  }

  moveTo(holder: Weight | undefined): void {
    this.#holder?.add(-this.#bytes);
    this.#holder = holder;
    holder?.add(this.#bytes);
  }
}

/** Bytes of a share of this process's heap. */
export const heapShare = (share: number): number => Math.floor(getHeapStatistics().heap_size_limit * share);

/** With more, collecting garbage takes longer than what is kept saves. */
const MOST_BYTES = 256 * 1024 * 1024;

/** Bytes that documents may weigh in this process, and live subscriptions as much: in `npm start`, all services live beside them. */
export const defaultBytes = (): number => Math.min(heapShare(1 / 8), MOST_BYTES);

/** Bytes of a text: V8 keeps two for each character if there is one beyond Latin-1. */
export const textBytes = (text: string): number => (BEYOND_LATIN_1.test(text) ? 2 : 1) * text.length;

const BEYOND_LATIN_1 = /[^\0-\xff]/;
