import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a client has the operator token, an unknown token or none. */
export type Operator = 'OPERATOR' | 'UNKNOWN_TOKEN' | 'ANONYMOUS';

/** Reads an `Authorization: Bearer` header (RFC 6750); without a configured token there are no operators. */
export function operatorOf(header: string | undefined, token: string | undefined): Operator {
  const sent = header?.match(/^Bearer +(\S+)$/i)?.[1];
  if (sent === undefined) return 'ANONYMOUS';
  // Digests have one length, so that the comparison takes constant time.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(sent), digest(token)) ? 'OPERATOR' : 'UNKNOWN_TOKEN';
}
