/** What the pages are told of the system, at `/settings.json`. */
export interface PageSettings {
  /** Where a trace is looked at, with `{traceId}` in place of its id; null where nobody has said. */
  readonly traceUrl: string | null;
}
