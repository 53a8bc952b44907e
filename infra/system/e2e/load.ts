import { setTimeout as wait } from 'node:timers/promises';
import { pick } from '@airline/testing';
import type { Booking, PlaceReservationInput, Reservation } from './booking.ts';

export interface LoadOptions {
  readonly booking: Booking;
  readonly flightIds: readonly string[];
  readonly customers: number;
  readonly bookingsEach: number;
  /** Asked before each booking; no other begins once it returns true. */
  readonly isOver?: () => boolean;
  /** Receives each response, in words with the reservation's id. */
  readonly onResponse?: (what: string) => void;
  /** How long a customer retries what fails; default 60 s. */
  readonly timeoutMs?: number;
  /** From 0, below 1; the load depends on it alone. */
  readonly random: () => number;
}

/** What the system has acknowledged: mutations that returned no error. */
export interface Acknowledged {
  /** The ids of the reservations that were returned for each idempotency key: one, in a sound system. */
  readonly placed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly canceled: ReadonlySet<string>;
}

const TIMEOUT_MS = 60_000;

/**
 * Customers who all book at once, one booking after the other each. Some ask twice under one key, some cancel what
 * they got; all of them retry with the same key what fails.
 */
export async function bookConcurrently(options: LoadOptions): Promise<Acknowledged> {
  const { booking, flightIds, customers, bookingsEach, random } = options;
  const { isOver = () => false, onResponse = () => {}, timeoutMs = TIMEOUT_MS } = options;
  const placed = new Map<string, Set<string>>();
  const canceled = new Set<string>();
  const names = Array.from({ length: customers }, (_, index) => `customer-${index}`);

  async function place(input: PlaceReservationInput & { idempotencyKey: string }): Promise<Reservation> {
    const reservation = await retryUntilDone(() => booking.place(input), timeoutMs);
    const ids = placed.get(input.idempotencyKey) ?? new Set();
    placed.set(input.idempotencyKey, ids.add(reservation.id));
    onResponse(
      `${input.idempotencyKey}: ${input.seatQty} seats of ${input.flightId}: ${reservation.id} ${reservation.status}`,
    );
    return reservation;
  }

  async function book(customerId: string, index: number): Promise<void> {
    const flightId = pick(flightIds, random);
    const [isDoubled, isCanceled, waits] = [random() < 0.3, random() < 0.2, random() < 0.5];
    const input = {
      customerId,
      flightId,
      seatQty: 1 + Math.floor(random() * 2),
      reserveDate: `2024-11-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      idempotencyKey: `${customerId}/${index}`,
      awaitOutcome: waits,
    };
    const [{ id }] = await Promise.all(isDoubled ? [place(input), place(input)] : [place(input)]);
    if (isCanceled) {
      await retryUntilDone(() => booking.cancel(id), timeoutMs);
      canceled.add(id);
      onResponse(`${customerId}/${index}: ${id} canceled`);
    }
  }

  await Promise.all(
    names.map(async (name) => {
      for (let index = 0; index < bookingsEach && !isOver(); index += 1) await book(name, index);
    }),
  );
  return { placed, canceled };
}

async function retryUntilDone<Result>(work: () => Promise<Result>, timeoutMs: number): Promise<Result> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(50);
    }
  }
}
