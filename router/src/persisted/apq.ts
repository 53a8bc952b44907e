import { hash } from 'node:crypto';
import type { PersistedDocuments } from '../pipeline/pipeline.ts';
import { type Refused, refuse } from '../pipeline/refusal.ts';
import type { RequestParameters } from '../request.ts';
import type { DocumentStore } from './store.ts';

/** The error of a request without a document. */
export const missingText =
  'A request must have a non-empty "query", or the hash of a known one in "extensions.persistedQuery".';

/** The hash that documents are kept by. */
export const hashOf = (text: string): string => hash('sha256', text, 'hex');

/**
 * Apollo's automatic persisted queries
 * (https://www.apollographql.com/docs/apollo-server/performance/apq): a client sends a document's hash alone; where that is
 * unknown, the response says so, and the client sends hash and text, which is kept once it is valid.
 */
export function persistedQueries(store: DocumentStore): PersistedDocuments {
  return {
    resolve(parameters) {
      const { query } = parameters;
      const wanted = readHash(parameters);
      if (wanted === undefined) return query || refuse('BAD_REQUEST', missingText);
      if (typeof wanted !== 'string') return wanted;
      if (query) return hashOf(query) === wanted ? query : wrongHash;
      const known = store.get(wanted);
      return known instanceof Promise ? known.then((text) => text ?? notFound) : (known ?? notFound);
    },

    keep(parameters) {
      const { query } = parameters;
      const wanted = readHash(parameters);
      if (query && typeof wanted === 'string') store.set(wanted, query);
    },
  };
}

/** Clients match on these two messages and codes, and count on status 200. */
const notFound = refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { status: 200 });
const unsupported = refuse('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { status: 200 });
const wrongHash = refuse(
  'BAD_REQUEST',
  'The sha256Hash of the persisted query is not that of the query sent with it.',
);
const malformed = refuse(
  'BAD_REQUEST',
  '"extensions.persistedQuery" should be {"version": 1, "sha256Hash": "…"} with 64 lower-case hexadecimals.',
);

function readHash({ extensions }: RequestParameters): string | Refused | undefined {
  const persisted = extensions?.persistedQuery;
  if (persisted === undefined || persisted === null) return undefined;
  if (typeof persisted !== 'object') return malformed;
  const { version, sha256Hash }: { version?: unknown; sha256Hash?: unknown } = persisted;
  if (version !== 1) return unsupported;
  return typeof sha256Hash === 'string' && /^[0-9a-f]{64}$/.test(sha256Hash) ? sha256Hash : malformed;
}
