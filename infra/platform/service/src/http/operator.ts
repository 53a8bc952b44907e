import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestError } from '../errors/errors.ts';

/** Who asks: an operator, somebody with another token, or somebody without one. */
export type Operator = 'OPERATOR' | 'OTHER' | 'NOBODY';

/** Reads an `Authorization: Bearer` header (RFC 6750); without an operators' token nobody is one. */
export function operatorOf(header: string | undefined, token: string | undefined): Operator {
  const sent = header?.match(/^Bearer +(\S+)$/i)?.[1];
  if (sent === undefined) return 'NOBODY';
  // Digests are of one length, and their comparison tells nothing by its time.
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(sent), digest(token)) ? 'OPERATOR' : 'OTHER';
}

/** @throws RequestError UNAUTHENTICATED or FORBIDDEN for whoever is no operator */
export function requireOperator({ operator }: { readonly operator: Operator }): void {
  if (operator === 'NOBODY') {
    throw new RequestError(
      'UNAUTHENTICATED',
      'Requires an operator token: send it as "Authorization: Bearer …".',
    );
  }
  if (operator === 'OTHER')
    throw new RequestError('FORBIDDEN', 'Requires an operator token, and the given token is another.');
}
