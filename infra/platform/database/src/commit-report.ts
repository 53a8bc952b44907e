/** The result of one transaction, for metrics. */
export interface CommitReport {
  /** Decisions that shared it. */
  readonly decisions: number;
  /** How often it was begun: more than once after a conflict, or when one of its decisions threw. */
  readonly attempts: number;
  /** In ms since 1970, with fractions. */
  readonly begunAt: number;
  readonly endedAt: number;
  /** The W3C trace contexts of the decisions that have one. */
  readonly traceparents: readonly string[];
  /** Why none of it was committed; undefined when it was. */
  readonly failure: unknown;
}

/** Must not throw. */
export type OnCommit = (report: CommitReport) => void;

/** Starts to report on a transaction; without a listener it costs nothing. */
export function reporter(
  onCommit: OnCommit | undefined,
  jobs: readonly { readonly traceparent?: string | undefined }[],
): (attempts: number, failure?: unknown) => void {
  if (!onCommit) return () => {};
  const begunAt = now();
  return (attempts, failure) =>
    onCommit({
      decisions: jobs.length,
      attempts,
      begunAt,
      endedAt: now(),
      traceparents: jobs.flatMap(({ traceparent }) => traceparent ?? []),
      failure,
    });
}

const now = () => performance.timeOrigin + performance.now();
