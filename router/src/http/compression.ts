import { promisify } from 'node:util';
import {
  brotliCompress,
  brotliDecompress,
  constants,
  gunzip,
  gzip,
  inflate,
  zstdCompress,
  zstdDecompress,
} from 'node:zlib';
import { HttpRefusal, refusal } from '@airline/service/server';
import { preferredCoding } from './accept.ts';
import type { Exchange } from './exchange.ts';
import { type Writing, write } from './write.ts';

/**
 * How many characters a response must have to be compressed. Compression costs 0.1 to 0.2 ms of CPU, whatever the size up to
 * about 20 kB, and leaves a fifth of the bytes: at this size as much as 100 Mbit/s take for what is saved.
 */
export const COMPRESSED_FROM = 2_048;

const zstdCompressed = promisify(zstdCompress);
const brotliCompressed = promisify(brotliCompress);
const gzipped = promisify(gzip);
const zstdDecompressed = promisify(zstdDecompress);

/** Content codings of responses, the best first, at levels for responses that are written once. */
const compress = {
  zstd: (body: string | Buffer) =>
    zstdCompressed(body, { params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  br: (body: string | Buffer) => brotliCompressed(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }),
  gzip: (body: string | Buffer) => gzipped(body, { level: 4 }),
};
const codings = ['zstd', 'br', 'gzip'] as const satisfies readonly (keyof typeof compress)[];

/** Writes a response in the coding that the client prefers (RFC 9110 12.5.3). */
export async function writeCompressed(exchange: Exchange, writing: Writing) {
  const { request, response } = exchange;
  response.appendHeader('vary', 'Accept-Encoding');
  const coding = preferredCoding(request.headers['accept-encoding'], codings);
  if (coding === undefined) return write(exchange, writing);
  const body = await compress[coding](writing.body);
  response.setHeader('content-encoding', coding);
  write(exchange, { ...writing, body });
}

type Decompress = (body: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** The largest window that a decoder must support (RFC 9659), so that a few bytes cannot ask for more memory. */
const ZSTD_WINDOW = { params: { [constants.ZSTD_d_windowLogMax]: 23 } };

/** Content codings of requests (RFC 9110 8.4.1). */
const decompress: ReadonlyMap<string, Decompress> = new Map<string, Decompress>([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['br', promisify(brotliDecompress)],
  ['zstd', (body, options) => zstdDecompressed(body, { ...options, ...ZSTD_WINDOW })],
  ['deflate', promisify(inflate)],
]);

/**
 * How to decode a request's body, whose size is limited as if it came uncompressed.
 * @returns undefined for one that is not encoded; why it is refused for an unknown coding, with `accept-encoding` set
 */
export function decoderOf(
  { request, response }: Pick<Exchange, 'request' | 'response'>,
  limitBytes: number,
): ((body: Buffer) => Promise<Buffer | HttpRefusal>) | HttpRefusal | undefined {
  const coding = request.headers['content-encoding']?.toLowerCase();
  if (coding === undefined || coding === '' || coding === 'identity') return undefined;
  const decode = decompress.get(coding);
  if (!decode) {
    response.setHeader('accept-encoding', 'zstd, br, gzip, deflate');
    const message = 'The content-encoding is unknown; send zstd, br, gzip, deflate or none.';
    return new HttpRefusal(415, 'UNSUPPORTED_MEDIA_TYPE', message);
  }
  return (body) =>
    decode(body, { maxOutputLength: limitBytes }).catch((error: NodeJS.ErrnoException) =>
      error.code === 'ERR_BUFFER_TOO_LARGE'
        ? refusal.tooLarge(limitBytes)
        : refusal.badRequest(`The request body is not valid ${coding}.`),
    );
}
