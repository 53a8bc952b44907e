import { join } from 'node:path';
import { events } from '@airline/schema/events';
import Database from 'better-sqlite3';

/**
 * An event as a newer release of the reservation service would publish it, in a version that no service reads.
 *
 * @param nth from 1 to 9; each has an id of its own
 */
export const newerEvent = (
  nth: number,
  data: object,
  type: 'ReservationPlaced' | 'ReservationCanceled' = 'ReservationPlaced',
) => ({
  specversion: '1.0',
  id: `01a203f2-0000-7000-8000-00000000000${nth}`,
  source: '/airline/reservation',
  type,
  subject: `r${nth}`,
  time: '2024-11-21T00:00:00.000Z',
  dataschema: `/airline/events/${type}/${events[type].version + 1}`,
  data,
});

/** Leaves events where the reservation service publishes from. @param folder of the system's databases */
export function leaveInOutbox(folder: string, events: readonly ReturnType<typeof newerEvent>[]): void {
  // The service may be writing.
  const reservations = new Database(join(folder, 'reservation.sqlite'), { timeout: 5_000 });
  const publish = reservations.prepare('insert into outbox (event, created_at) values (?, ?)');
  for (const event of events) publish.run(JSON.stringify(event), event.time);
  reservations.close();
}
