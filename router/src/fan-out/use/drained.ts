import { once } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Calls back once when the client has gone, be it already; not at all once the answered function is called. */
export function whenGone(response: ServerResponse, gone: () => void): () => void {
  if (response.destroyed) gone();
  else response.once('close', gone);
  return () => void response.off('close', gone);
}

/** Waits until what was written has left this process, or the client has gone. */
export async function drained(response: ServerResponse): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return;
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).finally(() =>
    settled.abort(),
  );
}
