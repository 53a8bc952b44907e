import type { Store } from '@airline/database';
import { type Running, runEvery } from '@airline/messaging';
import { type Logger, noTracing, type Tracing } from '@airline/observability';
import { cancel } from '../domain/cancel.ts';
import type { ReservationState } from '../domain/model.ts';
import { dueReservations } from '../store/due-reservations.ts';

const CHECK_INTERVAL_MS = 1000;

/** Maximum number of reservations per check; the next check follows at once while there are more. */
const BATCH = 500;

export interface ExpiryOptions {
  readonly store: Store<ReservationState>;
  readonly holdTimeMs: number;
  readonly now: () => Date;
  readonly logger: Logger;
  readonly tracing?: Tracing;
}

/** Cancels the oldest `BATCH` reservations pending for longer than the hold time; returns how many it canceled. */
export async function expireReservations(options: ExpiryOptions): Promise<number> {
  const { store, holdTimeMs, now, tracing = noTracing } = options;
  const at = now();
  const before = new Date(at.getTime() - holdTimeMs).toISOString();
  const due = await dueReservations(store.read, before, BATCH);
  const expired = due.map(({ id }) =>
    tracing.run('expire reservation', { parent: null }, ({ traceparent }) =>
      store.transact({
        keys: { reservation: id },
        decide: (known) => {
          // One that was paid since it was read is unchanged.
          const decision = cancel(known, 'EXPIRED', at.toISOString());
          return { ...decision, result: decision.write !== undefined };
        },
        traceparent,
      }),
    ),
  );
  return (await Promise.all(expired)).filter(Boolean).length;
}

export interface ExpiryWorkerOptions extends ExpiryOptions {
  /** Whether events are published, so that others can handle them. */
  readonly isPublishing: () => boolean;
}

/**
 * Cancels reservations that are pending for longer than the hold time. While events are not published nothing can come of a reservation: the time of all that
 * are pending then counts anew from the end of that.
 */
export function startExpiry(options: ExpiryWorkerOptions): Running {
  const { now, holdTimeMs, isPublishing } = options;
  let unpublishedAt = Number.NEGATIVE_INFINITY;
  const closing = new AbortController();
  const failed = (error: unknown) =>
    options.logger.warn({ err: error }, 'reservation expiry failed; retrying');
  const check = async () => {
    const at = now().getTime();
    if (!isPublishing()) unpublishedAt = at;
    if (at - unpublishedAt <= holdTimeMs) return;
    while (!closing.signal.aborted && (await expireReservations(options)) > 0);
  };
  const running = runEvery(CHECK_INTERVAL_MS, closing.signal, check, failed);
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}
