import { LRUCache } from 'lru-cache';
import { textBytes } from '../weight.ts';

/** Keeps documents by the SHA-256 of their text, in lower-case hexadecimals. */
export interface DocumentStore {
  /** Undefined for a document that it does not have, or cannot read now. It never rejects. */
  get(hash: string): string | undefined | Promise<string | undefined>;
  /** Whether this process has it. */
  has(hash: string): boolean;
  /** Keeps a document for a while, if it can. */
  set(hash: string, text: string): void;
  close(): void;
}

/** Bytes of documents that one process keeps, and what each takes beside its text. */
const DEFAULT_BYTES = 8 * 1024 * 1024;
const ENTRY_BYTES = 400;
/** How many, and for how long since they were last used: a day. */
const MOST = 10_000;
const TTL_MS = 86_400_000;

/** Documents of this process; the least recently used are evicted. */
export function memoryStore(options: { bytes?: number } = {}) {
  const { bytes = DEFAULT_BYTES } = options;
  const documents = new LRUCache<string, string>({
    max: MOST,
    maxSize: bytes,
    ttl: TTL_MS,
    updateAgeOnGet: true,
    sizeCalculation: (text) => textBytes(text) + ENTRY_BYTES,
  });
  return {
    get: (hash: string) => documents.get(hash),
    has: (hash: string) => documents.has(hash),
    set: (hash: string, text: string) => void documents.set(hash, text),
    close: () => documents.clear(),
  } satisfies DocumentStore;
}
