import { RequestError } from '../errors/errors.ts';
import type { Caller } from './caller.ts';

/** @throws RequestError UNAUTHENTICATED for anonymous callers, FORBIDDEN for others who are no operators */
export function requireOperator({ caller: { roles } }: { readonly caller: Caller }): void {
  if (roles.includes('operator')) return;
  if (roles.length === 0)
    throw new RequestError(
      'UNAUTHENTICATED',
      'Requires an operator: send a token as "Authorization: Bearer …".',
    );
  throw new RequestError('FORBIDDEN', 'Requires an operator; the token is of somebody else.');
}
