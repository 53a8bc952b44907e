import type { EventLog } from '@airline/database';
import type { Transport } from '@airline/messaging';
import type { HealthCheck } from '../http/health.ts';

/** A lost transport is detected sooner than this: without an error, events from before that are published. */
const DETECTED_WITHIN_MS = 15_000;

export interface TransportCheckOptions {
  readonly transport: Pick<Transport, 'lastError'>;
  /** The service's outbox. */
  readonly log: Pick<EventLog, 'last' | 'age'>;
  readonly now: () => Date;
}

/**
 * Reports whether events are published. When they are not, the service remains ready: the check reports an upper bound of
 * the unpublished events and their age, from the outbox's position at earlier successful checks, so not right after the
 * start.
 */
export function transportCheck({ transport, log, now }: TransportCheckOptions): HealthCheck {
  let latest: { readonly seq: number; readonly at: number } | undefined;
  /** The low-water mark: everything up to it is published. */
  let published: number | undefined;

  async function recordSuccess(): Promise<void> {
    const at = now().getTime();
    if (latest && at - latest.at < DETECTED_WITHIN_MS) return;
    const seq = await log.last();
    published = latest?.seq;
    latest = { seq, at };
  }

  async function unpublished(): Promise<string> {
    if (published === undefined) return 'events unpublished';
    const count = (await log.last()) - published;
    const seconds = Math.round((await log.age(published, now())) / 1000);
    if (count === 0) return 'no events unpublished yet';
    return `at most ${count} events unpublished, the oldest for at most ${seconds} s`;
  }

  return {
    name: 'transport',
    kind: 'informative',
    check: async () => {
      if (transport.lastError() !== undefined) {
        return { ok: false, detail: `${await unpublished()}; see the log` };
      }
      // A failure concerns the database, which has a check of its own.
      await recordSuccess().catch(() => {});
      return { ok: true };
    },
  };
}
