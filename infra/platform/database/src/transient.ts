/**
 * Codes of failures that the work itself has caused: SQLSTATE's classes of cardinality, data, integrity, check and program limit
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html), and what SQLite says of values.
 */
const OF_THE_WORK =
  /^(21|22|23|44|54|SQLITE_(CONSTRAINT|MISMATCH|TOOBIG|RANGE)|ERR_(INVALID_(ARG|THIS)|OUT_OF_RANGE))/;

/** Whether an error, or what caused it, has a code like that. */
function hasCode(error: unknown, isLike: (code: string) => boolean): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && code !== '' && isLike(code)) || hasCode(error.cause, isLike);
}

/**
 * Whether the same work may succeed later, unchanged. That is so of every failure of the surroundings (a database, a disk, a
 * network, a login), however long it lasts: all of them have codes. Without one, it is the code of ours that failed.
 */
export const isTransient = (error: unknown): boolean => hasCode(error, (code) => !OF_THE_WORK.test(code));

/** Codes of a database that cannot be written as it is, whoever writes: a full or broken disk, a missing table or right. */
const UNWRITABLE = /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|ERROR)|53|58|42|25006)/;

/** Whether a write has failed for what any other would fail for, too. */
export const isUnwritable = (error: unknown): boolean => hasCode(error, (code) => UNWRITABLE.test(code));

/** Codes of a database that is busy, full, unreachable, or about to start. */
const UNAVAILABLE =
  /^(SQLITE_(BUSY|LOCKED|FULL|IOERR)|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|08|25006|25P03|40001|40P01|53|55P03|57P|57014|58030)/;

/** Whether a database that cannot be opened is to be waited for; otherwise somebody has to correct something. */
export const isUnavailable = (error: unknown): boolean => hasCode(error, (code) => UNAVAILABLE.test(code));
