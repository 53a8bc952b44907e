import type { Store } from '@airline/database';
import { type Running, repeat } from '@airline/messaging';
import type { Logger } from '@airline/observability';
import { and, eq, lt, type SQL } from 'drizzle-orm';
import { cancel } from './domain/cancel.ts';
import type { ReservationState } from './domain/model.ts';
import { reservation } from './store/tables.ts';

const LOOK_EVERY_MS = 1000;

/** Reservations that one look takes at most. */
const BATCH = 500;

export interface ExpiryOptions {
  readonly store: Store<ReservationState>;
  readonly holdTimeMs: number;
  readonly now: () => Date;
  readonly logger: Logger;
}

/** Cancels what has been pending for longer than the hold time; answers how many. */
export async function expireReservations({ store, holdTimeMs, now }: ExpiryOptions): Promise<number> {
  const since = new Date(now().getTime() - holdTimeMs).toISOString();
  const where = and(eq(reservation.status, 'PENDING'), lt(reservation.placedAt, since)) as SQL;
  const due = await store.read.page(reservation, { where, limit: BATCH });
  const expired = due.map(({ id }) =>
    store.transact({
      keys: { reservation: id },
      decide: (known) => {
        // One that was paid since it was read stays as it is.
        const decision = cancel(known, 'EXPIRED', now().toISOString());
        return { ...decision, result: decision.write !== undefined };
      },
    }),
  );
  return (await Promise.all(expired)).filter(Boolean).length;
}

/** Keeps any reservation from staying pending for longer than the hold time. */
export function startExpiry(options: ExpiryOptions): Running {
  const closing = new AbortController();
  const failed = (error: unknown) => options.logger.warn({ err: error }, 'expiry failed; it is tried again');
  const running = repeat(LOOK_EVERY_MS, closing.signal, () => expireReservations(options), failed);
  return {
    close: async () => {
      closing.abort();
      await running;
    },
  };
}
