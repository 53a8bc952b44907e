import type { CombinedError } from '@urql/core';

/** Why something could not be done. */
export interface Problem {
  /** `extensions.code` of the server; NETWORK without a response, so that it may have been done. */
  readonly code: string;
  /** The input's field at fault, `seatQty` for instance. */
  readonly field: string | undefined;
  /** As the server said it, in English. */
  readonly message: string;
}

export const network: Problem = { code: 'NETWORK', field: undefined, message: '' };

/** The problem to show for a request without a response, or with errors in it. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) return network;
  const { code, field } = first.extensions;
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    field: typeof field === 'string' ? field.replace(/^input\./, '') : undefined,
    message: first.message,
  };
}
