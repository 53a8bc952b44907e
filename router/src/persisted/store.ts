import { LRUCache } from 'lru-cache';
import { textBytes } from '../supergraph/weight.ts';

/** Keeps documents by the SHA-256 of their text, in lower-case hexadecimals. */
export interface DocumentStore {
  /** Undefined for a document that it does not have, or cannot read now. It never rejects. */
  get(hash: string): string | undefined | Promise<string | undefined>;
  /** Keeps a document for a while, if it can. */
  set(hash: string, text: string): void;
  close(): void;
}

/** Bytes of documents that one process keeps, and what each takes beside its text. */
const DEFAULT_BYTES = 8 * 1024 * 1024;
const ENTRY_BYTES = 400;

/** Documents of this process; the least recently used are evicted. */
export function memoryStore(options: { bytes?: number } = {}) {
  const { bytes = DEFAULT_BYTES } = options;
  const documents = new LRUCache<string, string>({
    maxSize: bytes,
    sizeCalculation: (text) => textBytes(text) + ENTRY_BYTES,
  });
  return {
    get: (hash: string) => documents.get(hash),
    set: (hash: string, text: string) => void documents.set(hash, text),
    close: () => documents.clear(),
  } satisfies DocumentStore;
}
