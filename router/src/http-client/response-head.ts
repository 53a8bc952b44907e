import { remembering } from '../remembering.ts';
import { FIELD_NAME, FIELD_VALUE } from './field.ts';

/** What the head of a response says about its body, and about the connection. */
export interface ResponseHead {
  readonly status: number;
  /** In bytes; undefined where it is in chunks, or lasts until the connection ends. */
  readonly contentLength: number | undefined;
  readonly isChunked: boolean;
  /** The content codings of the body (RFC 9110 8.4), as they are listed. */
  readonly encoding: string | undefined;
  /** Whether the connection can be used again. */
  readonly isPersistent: boolean;
  /** How long the server keeps the connection while it is idle, if it says so. */
  readonly keepAliveMs: number | undefined;
}

/** The server does not speak HTTP/1.1 as RFC 9112 has it: where its response ends cannot be known. */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
}

/** All lines of a head (RFC 9112 4 and 5), without what was allowed once: folded lines, spaces before colons. */
const HEAD = new RegExp(
  `^HTTP/1\\.([01]) ([1-5]\\d\\d)(?: ${FIELD_VALUE})?\\r\\n(?:${FIELD_NAME}:${FIELD_VALUE}\\r\\n)*$`,
);
const DIGITS = /^\d{1,15}$/;
const TIMEOUT = /(?:^|[\s,;])timeout=(\d{1,9})(?:$|[\s,;])/i;

/** The fields that count; by their lengths alone, most lines are none of them. */
const COUNTED = new Set([
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'transfer-encoding',
]);
const LENGTHS = new Set([...COUNTED].map(({ length }) => length));

/**
 * Reads a head (RFC 9112, sections 4, 5, 6.3 and 9.3). Heads of one second have one date, and many of them one length.
 *
 * @param text latin1, from the status line to the end of the last field's line
 * @throws ProtocolError
 */
export const readHead: (text: string) => ResponseHead = remembering(256, parseHead);

function parseHead(text: string): ResponseHead {
  const [, minor, status] = HEAD.exec(text) ?? [];
  if (status === undefined) throw new ProtocolError('The response does not begin with a head of HTTP/1.1.');
  const fields: Partial<Record<string, string>> = {};
  for (let start = text.indexOf('\n') + 1; start < text.length; ) {
    const colon = text.indexOf(':', start);
    const end = text.indexOf('\n', colon);
    if (LENGTHS.has(colon - start)) count(fields, text.slice(start, colon), text.slice(colon + 1, end));
    start = end + 1;
  }
  return headOf(Number(status), minor === '1', fields);
}

function count(fields: Partial<Record<string, string>>, name: string, text: string): void {
  const known = name.toLowerCase();
  if (!COUNTED.has(known)) return;
  const value = text.trim();
  const before = fields[known];
  // Repeated fields are one list (RFC 9110 5.3).
  fields[known] = before === undefined ? value : `${before}, ${value}`;
}

function headOf(status: number, isCurrent: boolean, fields: Partial<Record<string, string>>): ResponseHead {
  const length = fields['content-length'];
  const coding = fields['transfer-encoding']?.toLowerCase();
  if (coding !== undefined && (coding !== 'chunked' || length !== undefined || !isCurrent))
    throw new ProtocolError('The length of the response is ambiguous.');
  if (length !== undefined && !DIGITS.test(length))
    throw new ProtocolError('The content-length is no number.');
  const hasBody = status >= 200 && status !== 204 && status !== 304;
  const connection = fields.connection?.toLowerCase().split(/[\s,]+/) ?? [];
  const seconds = TIMEOUT.exec(fields['keep-alive'] ?? '')?.[1];
  const announced = length === undefined ? undefined : Number(length);
  return {
    status,
    contentLength: hasBody ? announced : 0,
    isChunked: hasBody && coding !== undefined,
    encoding: fields['content-encoding'],
    isPersistent: isCurrent ? !connection.includes('close') : connection.includes('keep-alive'),
    keepAliveMs: seconds === undefined ? undefined : Number(seconds) * 1_000,
  };
}
