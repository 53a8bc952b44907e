import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** Characters of documents that a server keeps parsed; each takes about 60 bytes. */
const KEPT_CHARACTERS = 100_000;

/**
 * The valid documents of one Apollo Server by their hash, the least recently used of which are evicted. Apollo's own store
 * counts 30 MB as JSON, which leaves out the tokens that a syntax tree holds: several times as much in memory.
 */
export function documentStore() {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: ({ loc }) => 100 + (loc?.end ?? 0),
  });
  return {
    get: async (hash: string) => documents.get(hash),
    set: async (hash: string, document: DocumentNode) => void documents.set(hash, document),
    delete: async (hash: string) => void documents.delete(hash),
  };
}
