/**
 * Codes of failures that pass: a busy, full or unreachable database, a replica that cannot write, a timeout, or a
 * conflict that a second try resolves.
 */
const TRANSIENT =
  /^(SQLITE_(BUSY|LOCKED|FULL|IOERR)|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|ENOTFOUND|08|25006|25P03|40001|40P01|53|55P03|57P|57014|58030)/;

/** Whether the same work may succeed later, unchanged. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? error.code : undefined;
  return (typeof code === 'string' && TRANSIENT.test(code)) || isTransient(error.cause);
}
