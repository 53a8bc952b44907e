import { setTimeout as wait } from 'node:timers/promises';
import type { Booking, Reservation, Wish } from './booking.ts';

export interface LoadOptions {
  readonly booking: Booking;
  readonly flightIds: readonly string[];
  readonly customers: number;
  readonly bookingsEach: number;
  /** Asked before each booking; once it answers true, nobody begins another. */
  readonly isOver?: () => boolean;
  /** Hears of each answer, in words with the reservation's id. */
  readonly heard?: (what: string) => void;
  /** How long a customer goes on asking a system that does not answer. */
  readonly patienceMs?: number;
  /** From 0, below 1; the load depends on it alone. */
  readonly random: () => number;
}

/** What the system has promised: answered without an error. */
export interface Acknowledged {
  /** Reservation ids by the idempotency key under which they were asked for. */
  readonly placed: ReadonlyMap<string, string>;
  readonly canceled: ReadonlySet<string>;
}

/** How long a customer goes on asking a system that does not answer, unless told. */
const PATIENCE_MS = 60_000;

/**
 * Customers who all book at once, one booking after the other each. Some ask twice under one key, some cancel what
 * they got; whoever gets no answer asks again with the same key.
 */
export async function bookConcurrently(options: LoadOptions): Promise<Acknowledged> {
  const { booking, flightIds, customers, bookingsEach, random } = options;
  const { isOver = () => false, heard = () => {}, patienceMs = PATIENCE_MS } = options;
  const placed = new Map<string, string>();
  const canceled = new Set<string>();
  const names = Array.from({ length: customers }, (_, index) => `customer-${index}`);

  async function place(wish: Wish & { idempotencyKey: string }): Promise<Reservation> {
    const reservation = await insist(() => booking.place(wish), patienceMs);
    const before = placed.get(wish.idempotencyKey);
    if (before !== undefined && before !== reservation.id) {
      throw new Error(
        `The key ${wish.idempotencyKey} placed two reservations: ${before} and ${reservation.id}.`,
      );
    }
    placed.set(wish.idempotencyKey, reservation.id);
    heard(
      `${wish.idempotencyKey}: ${wish.seatQty} seats of ${wish.flightId}: ${reservation.id} ${reservation.status}`,
    );
    return reservation;
  }

  async function book(customerId: string, index: number): Promise<void> {
    const flightId = flightIds[Math.floor(random() * flightIds.length)] as string;
    const [isDoubled, isCanceled, waits] = [random() < 0.3, random() < 0.2, random() < 0.5];
    const wish = {
      customerId,
      flightId,
      seatQty: 1 + Math.floor(random() * 2),
      reserveDate: `2024-11-${String(1 + Math.floor(random() * 28)).padStart(2, '0')}`,
      idempotencyKey: `${customerId}/${index}`,
      awaitOutcome: waits,
    };
    const [{ id }] = await Promise.all(isDoubled ? [place(wish), place(wish)] : [place(wish)]);
    if (isCanceled) {
      await insist(() => booking.cancel(id), patienceMs);
      canceled.add(id);
      heard(`${customerId}/${index}: ${id} canceled`);
    }
  }

  await Promise.all(
    names.map(async (name) => {
      for (let index = 0; index < bookingsEach && !isOver(); index += 1) await book(name, index);
    }),
  );
  return { placed, canceled };
}

async function insist<Answer>(request: () => Promise<Answer>, patienceMs: number): Promise<Answer> {
  const end = performance.now() + patienceMs;
  for (;;) {
    try {
      return await request();
    } catch (error) {
      if (performance.now() > end) throw error;
      await wait(50);
    }
  }
}
