import type { ServedGraph } from '../served-graph.ts';
import type { DocumentCache } from './document-cache.ts';

/** A version of the supergraph with the documents that are planned by it. An operation uses one version from start to end. */
export interface Snapshot extends ServedGraph {
  readonly documents: DocumentCache;
}
