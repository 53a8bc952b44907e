import { checkExtent, jsonText, type Limits, refusal, requestObject } from '@airline/service/server';
import { missingText } from '../persisted/documents.ts';
import type { RequestParameters } from '../request.ts';
import { parseJson } from './json.ts';

/**
 * An operation that has come, and is not parsed while it waits for its turn: what it is parsed to may take twenty times the
 * bytes. Nothing of its text is held once it is.
 */
export class Arrived {
  readonly bytes: number;
  #parse: (() => RequestParameters) | undefined;

  constructor(bytes: number, parse: () => RequestParameters) {
    this.bytes = bytes;
    this.#parse = parse;
  }

  /** Once. @throws HttpRefusal */
  parse(): RequestParameters {
    const parse = this.#parse;
    this.#parse = undefined;
    return parse?.() ?? {};
  }
}

/** A POST's. */
export const arrivedBody = (body: Buffer, limits: Limits): Arrived =>
  new Arrived(body.length, () => bodyParameters(body, limits));

/** A GET's. @param search the URL from behind its question mark */
export const arrivedUrl = (search: string, limits: Limits): Arrived =>
  new Arrived(search.length, () => urlParameters(search, limits));

/** A POST's operation. @throws HttpRefusal */
export function bodyParameters(body: Buffer, limits: Limits): RequestParameters {
  return checkParameters(requestObject(parseJson(jsonText(body, limits))));
}

/**
 * A GET's operation; empty parameters count as left out.
 * @param search the URL from behind its question mark
 * @throws HttpRefusal
 */
export function urlParameters(search: string, limits: Limits): RequestParameters {
  const found: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(search)) {
    if (!names.has(name) || value === '') continue;
    if (name in found) throw refusal.badRequest(`The parameter "${name}" is in the URL more than once.`);
    found[name] = maps.has(name) ? readMap(value, limits) : value;
  }
  return checkParameters(found);
}

const texts: ReadonlySet<string> = new Set(['query', 'documentId', 'operationName']);
const maps: ReadonlySet<string> = new Set(['variables', 'extensions']);
const names = texts.union(maps);

function readMap(json: string, limits: Limits): unknown {
  checkExtent(Buffer.from(json), limits);
  return parseJson(json);
}

/** "Request Parameters" of GraphQL over HTTP: null is the same as left out. */
function checkParameters(found: Record<string, unknown>): RequestParameters {
  const { query, documentId, operationName, variables, extensions } = found;
  if (!isText(query)) throw refusal.badRequest('The "query" of a request must be a string.');
  if (!isText(documentId)) throw refusal.badRequest('The "documentId" of a request must be a string.');
  if (!isText(operationName)) throw refusal.badRequest('The "operationName" of a request must be a string.');
  if (!isMap(variables)) throw refusal.badRequest('The "variables" of a request must be a JSON object.');
  if (!isMap(extensions)) throw refusal.badRequest('The "extensions" of a request must be a JSON object.');
  if (!query && !documentId && extensions?.persistedQuery === undefined)
    throw refusal.badRequest(missingText);
  return { query, documentId, operationName, variables, extensions };
}

function isText(value: unknown): value is string | null | undefined {
  return value === undefined || value === null || typeof value === 'string';
}

function isMap(value: unknown): value is Record<string, unknown> | null | undefined {
  return value === undefined || value === null || (typeof value === 'object' && !Array.isArray(value));
}
