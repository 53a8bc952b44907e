/**
 * A failed start that the operator can correct: an invalid variable, a port in use, an unreadable file. Its message names
 * the cause and the remedy, so it is shown without a stack.
 */
export class StartError extends Error {
  override name = 'StartError';
}
