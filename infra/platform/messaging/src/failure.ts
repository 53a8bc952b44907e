/** Why an attempt to handle an event has failed. */
export interface Failure {
  readonly cause: unknown;
  /** Whether the same work may succeed later, however often it has failed. */
  readonly isTransient: boolean;
}

/** The handling of an event has not ended in time. */
export class HandlingTimeoutError extends Error {
  override name = 'HandlingTimeoutError';
  constructor(timeoutMs: number) {
    super(`Its handling has not ended within ${timeoutMs} ms.`);
  }
}
