/** Codes of failures that pass: a busy, full or unreachable database, or a conflict that a second try resolves. */
const TRANSIENT =
  /^(SQLITE_(BUSY|LOCKED|FULL|IOERR)|ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|ENOTFOUND|08|40001|40P01|53|57P)/;

/** Whether the same work may succeed later, unchanged. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as Error & { code?: unknown };
  return (typeof code === 'string' && TRANSIENT.test(code)) || isTransient(error.cause);
}
