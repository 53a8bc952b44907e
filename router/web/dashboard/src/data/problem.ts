import type { CombinedError } from '@urql/core';

/** Why something could not be done. */
export interface Problem {
  /** `extensions.code` of the server; NETWORK when nothing came back, so that it may have been done. */
  readonly code: string;
  /** The input's field at fault, `seatQty` for instance. */
  readonly field: string | undefined;
  /** As the server said it, in English. */
  readonly message: string;
}

export const network: Problem = { code: 'NETWORK', field: undefined, message: '' };

/** What a person is told of an answer that did not come, or came with errors. */
export function problemOf(error: CombinedError): Problem {
  const [first] = error.graphQLErrors;
  if (!first) return network;
  const { code, field } = first.extensions as { code?: unknown; field?: unknown };
  return {
    code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR',
    field: typeof field === 'string' ? field.replace(/^input\./, '') : undefined,
    message: first.message,
  };
}
