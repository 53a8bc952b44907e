import type { EventLog } from '@airline/database';
import type { Transport } from '@airline/messaging';
import type { HealthCheck } from '../http/health.ts';

/** A lost transport is noticed sooner than this, so that what was in the log before was published, if all was well. */
const NOTICED_WITHIN_MS = 15_000;

export interface TransportCheckOptions {
  readonly transport: Pick<Transport, 'lastError'>;
  /** The service's outbox. */
  readonly log: Pick<EventLog, 'last' | 'age'>;
  readonly now: () => Date;
}

/**
 * Tells whether events get through. While they do not, the service goes on: it only says how many wait in its outbox, and
 * for how long, at most. It knows from the times at which all was well, so it cannot tell right after the start.
 */
export function transportCheck({ transport, log, now }: TransportCheckOptions): HealthCheck {
  let latest: { readonly seq: number; readonly at: number } | undefined;
  /** Up to where everything is published. */
  let published: number | undefined;

  async function noteWell(): Promise<void> {
    const at = now().getTime();
    if (latest && at - latest.at < NOTICED_WITHIN_MS) return;
    const seq = await log.last();
    published = latest?.seq;
    latest = { seq, at };
  }

  async function waiting(): Promise<string> {
    if (published === undefined) return 'events wait to be published';
    const count = (await log.last()) - published;
    const seconds = Math.round((await log.age(published, now())) / 1000);
    if (count === 0) return 'no event waits to be published yet';
    return `at most ${count} events wait to be published, the oldest of them for at most ${seconds} s`;
  }

  return {
    name: 'transport',
    kind: 'informative',
    check: async () => {
      if (transport.lastError() !== undefined) {
        return { ok: false, detail: `${await waiting()}; the log says why` };
      }
      // It concerns the database, which has a check of its own.
      await noteWell().catch(() => {});
      return { ok: true };
    },
  };
}
