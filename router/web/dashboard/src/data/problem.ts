import type { CombinedError } from '@urql/core';

/** Why something could not be done. */
export interface Problem {
  /** `extensions.code` of the server; NETWORK without a response, or PAGE_FAILED, so that it may have been done. */
  readonly code: string;
  /** The input's field at fault, `seatQty` for instance. */
  readonly field: string | undefined;
  /** As the server said it, in English. */
  readonly message: string;
  /** Of the response's field at fault. */
  readonly path?: readonly (string | number)[] | undefined;
}

export const network: Problem = { code: 'NETWORK', field: undefined, message: '' };

/** The page itself has thrown, before or after it sent what was wanted. */
export const pageFailed: Problem = { code: 'PAGE_FAILED', field: undefined, message: '' };

const OPEN = new Set([
  'NETWORK',
  'PAGE_FAILED',
  'SUBGRAPH_UNAVAILABLE',
  'TRY_AGAIN_LATER',
  'INTERNAL_SERVER_ERROR',
]);

/** What passes by itself, or once someone has signed in again; anything else is wrong with what was sent. */
const PASSING = new Set([
  ...OPEN,
  'DOWNSTREAM_SERVICE_ERROR',
  'ISSUER_UNAVAILABLE',
  'OVERLOADED',
  'RATE_LIMITED',
  'REQUEST_TIMEOUT',
  'SERVER_SHUTTING_DOWN',
  'TOO_MANY_REQUESTS',
  'UNAUTHENTICATED',
]);

/** Whether the same request may succeed later. */
export const mayPass = ({ code }: Problem): boolean => PASSING.has(code);

/** Whether what was asked for cannot be: an id that is refused is none. */
export const isOfNothing = ({ code }: Problem): boolean => code === 'BAD_USER_INPUT';

/** Whether a change that ended like this may have been made all the same. */
export const isOpen = ({ code }: Problem): boolean => OPEN.has(code);

/** The problem to show for a request without a response, or with errors in it. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) return network;
  const { code, field } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    field: typeof field === 'string' ? field.replace(/^input\./, '') : undefined,
    message: first.message,
    path: first.path,
  };
}
