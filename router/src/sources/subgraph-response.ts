import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';
import { isObject, parseExactJson } from '../raw-json.ts';

/** A GraphQL response as it came: what is below `data` and inside of `errors` is unchecked. */
export interface GraphQLResponse {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly unknown[];
}

const NO_ERRORS: readonly unknown[] = Object.freeze([]);

/**
 * Parses a response.
 *
 * @param exact whether integers beyond 53 bits are kept, as JSON.rawJSON objects
 * @returns undefined for what `readResponse` refuses
 */
export function parseResponse(text: string, exact: boolean): GraphQLResponse | undefined {
  return readResponse(parseJson(text, exact));
}

/**
 * Reads a response by the GraphQL specification, section 7.1 (https://spec.graphql.org/October2021/#sec-Response-Format):
 * `data` is an object or null, `errors` is a list or absent, and without data there is an error. Null or an empty list
 * for `errors` counts as absent, since some servers write it.
 *
 * @returns undefined for anything else
 */
export function readResponse(body: unknown): GraphQLResponse | undefined {
  if (!isObject(body)) return undefined;
  const { data = null, errors } = body;
  if (data !== null && !isObject(data)) return undefined;
  const given = errors ?? NO_ERRORS;
  return Array.isArray(given) && (data !== null || given.length > 0) ? { data, errors: given } : undefined;
}

const BYTE_ORDER_MARK = '\uFEFF';

function parseJson(text: string, exact: boolean): unknown {
  try {
    const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    return exact ? parseExactJson(json) : JSON.parse(json);
  } catch {
    return undefined;
  }
}

type Decompress = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const gunzipped: Decompress = promisify(gunzip);
const inflated: Decompress = promisify(inflate);
const inflatedRaw: Decompress = promisify(inflateRaw);

/** By content coding (RFC 9110, section 8.4.1). */
const decompressors = new Map<string, Decompress>([
  ['identity', async (body) => body],
  ['gzip', gunzipped],
  ['x-gzip', gunzipped],
  // Some servers leave the zlib header out, whose first byte names the method 8.
  ['deflate', (body, options) => (((body[0] ?? 0) & 15) === 8 ? inflated : inflatedRaw)(body, options)],
  ['br', promisify(brotliDecompress)],
  ['zstd', promisify(zstdDecompress)],
]);

/** Each takes time that nobody may wait for any more. */
const MOST_CODINGS = 2;

/**
 * Undoes the codings that a `content-encoding` header lists.
 *
 * @throws RangeError with the code ERR_BUFFER_TOO_LARGE for more than `maxBytes`; Error for an unknown or a damaged coding, and for more than two
 */
export async function decompress(body: Buffer, contentEncoding: string, maxBytes: number): Promise<Buffer> {
  const codings = contentEncoding.toLowerCase().split(',').reverse();
  if (codings.length > MOST_CODINGS) throw new Error(`It has ${codings.length} content codings.`);
  let decoded = body;
  for (const coding of codings) {
    const decoder = decompressors.get(coding.trim());
    if (!decoder) throw new Error(`Unknown content coding ${coding.trim()}.`);
    decoded = await decoder(decoded, { maxOutputLength: maxBytes });
  }
  return decoded;
}
