/** The connection is gone, or was never there. What was asked over it may have been done, if it was to be committed. */
export class ConnectionLostError extends Error {
  override name = 'ConnectionLostError';
  /** SQLSTATE "connection failure". */
  readonly code = '08006';
}

/** SQLSTATE "read only SQL transaction". */
const READ_ONLY = '25006';

/** The database responds, but takes no writes. */
export class ReadOnlyError extends Error {
  override name = 'ReadOnlyError';
  readonly code = READ_ONLY;

  constructor() {
    super('The database is read-only.');
  }
}

/** What pg says, without a code, of connections that end, time out or are not to be had. */
const LOST = /terminated|timeout|not queryable|Connection ended/i;

/** Gives errors of the connection that come without a code the one of SQLSTATE. */
export function classified(error: unknown): unknown {
  if (!(error instanceof Error) || codeOf(error) !== undefined || !LOST.test(error.message)) return error;
  return new ConnectionLostError(error.message, { cause: error });
}

/** Why no connection was to be had, as of a database that was opened before: what pg says of TLS and of logins has no code. */
export function unconnected(error: unknown): unknown {
  if (!(error instanceof Error) || codeOf(error) !== undefined) return error;
  return new ConnectionLostError(error.message, { cause: error });
}

/** The SQLSTATE, or the system's code, of an error. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a transaction that failed was rolled back for a reason that is over once it is run again. */
export function isConflict(error: unknown): boolean {
  const code = codeOf(error);
  if (code === '40001' || code === '40P01') return true;
  // Another transaction has inserted a row of this key in the meantime; other unique columns do not heal.
  const constraint = error instanceof Error && 'constraint' in error ? error.constraint : undefined;
  return code === '23505' && typeof constraint === 'string' && constraint.endsWith('_pkey');
}

/** What pg says when all connections of a pool are in use, which is of the load and not of the database. */
const POOL_IN_USE = /timeout exceeded when trying to connect/;

/** Whether the database cannot be reached, or lets nobody in; a single statement fails for other reasons. */
export function isAway(error: unknown): boolean {
  const isLost = /^(08|28|3D|53300|57P0|E[A-Z]+$)/.test(codeOf(error) ?? '');
  return isLost && !(error instanceof Error && POOL_IN_USE.test(error.message));
}

/** Whether the connection, rather than the statement, has failed. */
export const isConnectionLost = (error: unknown) =>
  /^(08|57P0|ECONN|EPIPE|ETIMEDOUT)/.test(codeOf(error) ?? '');

/** Whether a connection is of no more use: it is gone, or takes no writes, which one that is opened now may. */
export const isConnectionSpent = (error: unknown) => isConnectionLost(error) || codeOf(error) === READ_ONLY;
