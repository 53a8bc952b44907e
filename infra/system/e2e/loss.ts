import { request, seeded, until } from '@airline/testing';
import type { Observed } from './at-rest.ts';
import type { Booking } from './booking.ts';
import { type Acknowledged, bookConcurrently } from './load.ts';

export function load(booking: Booking, flightIds: readonly string[], seed: number): Promise<Acknowledged> {
  return bookConcurrently({ booking, flightIds, customers: 24, bookingsEach: 10, random: seeded(seed) });
}

/** Waits until so many reservations are placed, so that what follows hits the middle of the load. */
export async function whenPlaced(system: Pick<Observed, 'url'>, count: number): Promise<void> {
  await until(
    `${count} reservations are placed`,
    async () => {
      const query = '{ reservations { totalCount } }';
      const { reservations } = await request<{ reservations: { totalCount: number } }>(system.url, query);
      return reservations.totalCount >= count;
    },
    60_000,
  );
}

export async function flights(booking: Booking): Promise<string[]> {
  return await Promise.all([100, 40, 10].map((seats) => booking.registerFlight(seats)));
}
