import { type Refused, refuse } from '../refusal.ts';
import { OPERATOR, type RequestParameters } from '../request.ts';
import { hashOf, isHash } from './hash.ts';
import { createRegistrations } from './registrations.ts';
import type { DocumentStore } from './store.ts';
import type { TrustedDocuments } from './trusted.ts';

/** The error of a request without a document. */
export const missingText =
  'A request must have a non-empty "query", or the hash of a known one in "documentId" or "extensions.persistedQuery".';

/** Finds the text of a request that names it by its hash, and keeps such texts. */
export interface PersistedDocuments {
  /**
   * The document's text, for a request that may bring a hash in place of it or beside it.
   * @param source of its client
   */
  resolve(parameters: RequestParameters, source: string): string | Refused | Promise<string | Refused>;
  /** Called with what `resolve` took, once its text has proved valid. @param source of its client */
  keep(parameters: RequestParameters, source: string): void;
}

export interface PersistedOptions {
  readonly store: DocumentStore;
  readonly trusted: TrustedDocuments;
  /** A clock in ms; default that of the process. */
  readonly now?: () => number;
}

/** Characters of a text that is kept; longer ones run, but their clients send them again. */
const LONGEST_KEPT = 32 * 1024;

/**
 * Documents that requests name by their hash: `documentId`, as GraphQL over HTTP has it (appendix "Persisted Documents"), or
 * Apollo's `extensions.persistedQuery`. They are trusted ones, or else automatic persisted queries
 * (https://www.apollographql.com/docs/apollo-server/performance/apq): where a hash is unknown, the response says so, and the
 * client sends hash and text, which is kept once it is valid.
 */
export function persistedDocuments({
  store,
  trusted,
  now = () => performance.now(),
}: PersistedOptions): PersistedDocuments {
  const mayRegister = createRegistrations(now);
  const trustedTexts = new Set(trusted.texts.values());
  const onlyTrusted = trusted.mode === 'only';

  function resolveText(query: string, wanted: string | undefined, isOnly: boolean): string | Refused {
    if (wanted !== undefined && hashOf(query) !== wanted) return wrongHash;
    return isOnly && !trustedTexts.has(query) ? notTrusted : query;
  }

  return {
    resolve(parameters, source) {
      // Operators send what no page does.
      const isOnly = onlyTrusted && source !== OPERATOR;
      const { query } = parameters;
      const wanted = readHash(parameters);
      if (typeof wanted === 'object') return wanted;
      if (query) return resolveText(query, wanted, isOnly);
      if (wanted === undefined) return refuse('BAD_REQUEST', missingText);
      const text = trusted.mode === 'off' ? undefined : trusted.texts.get(wanted);
      if (text !== undefined) return text;
      if (isOnly) return notTrusted;
      const known = store.get(wanted);
      return known instanceof Promise ? known.then((found) => found ?? notFound) : (known ?? notFound);
    },

    keep(parameters, source) {
      const { query } = parameters;
      const wanted = readHash(parameters);
      if (onlyTrusted || !query || typeof wanted !== 'string' || query.length > LONGEST_KEPT) return;
      if (!trustedTexts.has(query) && !store.has(wanted) && !mayRegister(source)) return;
      store.set(wanted, query);
    },
  };
}

/** Clients match on these two messages and codes, and count on status 200. */
const notFound = refuse('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound', { status: 200 });
const unsupported = refuse('PERSISTED_QUERY_NOT_SUPPORTED', 'PersistedQueryNotSupported', { status: 200 });
const notTrusted = refuse(
  'DOCUMENT_NOT_TRUSTED',
  'Only trusted documents run here, and this is none of them.',
);
const wrongHash = refuse(
  'BAD_REQUEST',
  'The SHA-256 hash of the persisted query is not that of the query sent with it.',
);
const malformed = refuse(
  'BAD_REQUEST',
  '"extensions.persistedQuery" should be {"version": 1, "sha256Hash": "…"} with 64 lower-case hexadecimals.',
);
const malformedId = refuse('BAD_REQUEST', '"documentId" should be "sha256:" and 64 lower-case hexadecimals.');

function readHash({ documentId, extensions }: RequestParameters): string | Refused | undefined {
  if (documentId !== undefined && documentId !== null) {
    const hash = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '') : '';
    return isHash(hash) ? hash : malformedId;
  }
  const persisted = extensions?.persistedQuery;
  if (persisted === undefined || persisted === null) return undefined;
  if (typeof persisted !== 'object') return malformed;
  const { version, sha256Hash }: { version?: unknown; sha256Hash?: unknown } = persisted;
  if (version !== 1) return unsupported;
  return typeof sha256Hash === 'string' && isHash(sha256Hash) ? sha256Hash : malformed;
}
