/** Where a trace is looked at, as the router says at `/settings.json`; null where it does not, or is away. */
export async function loadTraceUrl(): Promise<string | null> {
  try {
    // The router's own file.
    const { traceUrl } = (await (await fetch('/settings.json')).json()) as {
      readonly traceUrl: string | null;
    };
    return traceUrl;
  } catch {
    return null;
  }
}
