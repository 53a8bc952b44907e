import { isTransient, type LogEntry, type Store } from '@airline/database';
import { decode, InvalidEventError } from '@airline/messaging';
import type { DashboardState } from '../../domain/model.ts';
import { whenReservationCanceled } from '../../policies/when-reservation-canceled.ts';
import { whenReservationPlaced } from '../../policies/when-reservation-placed.ts';
import type { CountableEvent } from './kept-events.ts';

export interface Numbered {
  readonly seq: number;
  readonly event: CountableEvent;
}

/** Those entries that are counted; what cannot be read is the consumer's to bury. */
export const countableEvents = (entries: readonly LogEntry[]): Numbered[] =>
  entries.flatMap(({ seq, event }) => {
    const countable = read(event);
    return countable ? [{ seq, event: countable }] : [];
  });

function read(text: string): CountableEvent | undefined {
  try {
    const event = decode(text);
    const isCountable = event.type === 'ReservationPlaced' || event.type === 'ReservationCanceled';
    return isCountable ? (event as CountableEvent) : undefined;
  } catch (error) {
    if (error instanceof InvalidEventError) return undefined;
    throw error;
  }
}

/** Handles those that the inbox does not know, as the consumer would. */
export async function handleUnknown(
  store: Store<DashboardState>,
  events: readonly Numbered[],
): Promise<void> {
  const handled = await store.handled(
    'dashboard',
    events.map(({ event }) => event.id),
  );
  const unknown = events.filter(({ event }) => !handled.has(event.id));
  await Promise.all(unknown.map(({ event }) => handle(store, event)));
}

async function handle(store: Store<DashboardState>, event: CountableEvent): Promise<void> {
  const { keys, decide } =
    event.type === 'ReservationPlaced' ? whenReservationPlaced(event) : whenReservationCanceled(event);
  const message = { consumer: 'dashboard', eventId: event.id };
  try {
    await store.handle(message, { keys, decide, traceparent: event.traceparent });
  } catch (error) {
    // Any other failure is the consumer's to try again, or to bury.
    if (isTransient(error)) throw error;
  }
}
