import type { Customer, Flight, Reservation } from './rows.ts';

/** An instant, some milliseconds after the beginning of the tests' time. */
export const at = (ms: number): string => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();

export const reservation = (more: Partial<Reservation> = {}): Reservation => ({
  id: 'r1',
  reference: '0000-00R1',
  customerId: 'c1',
  flightId: 'f1',
  seatQty: 2,
  reserveDate: '2026-01-01',
  status: 'PENDING',
  cancelReason: null,
  placedAt: at(0),
  updatedAt: at(0),
  ...more,
});

export const flight = (more: Partial<Flight> = {}): Flight => ({
  id: 'f1',
  flightCode: 'ACE890',
  takeoffDate: '2026-12-25',
  cost: 200_000,
  currency: 'KRW',
  capacity: 5,
  remainingSeatsCount: 5,
  ...more,
});

export const customer = (more: Partial<Customer> = {}): Customer => ({
  customerId: 'c1',
  flightCount: 1,
  recentReserveDate: '2026-01-01',
  canceledCount: 0,
  updatedAt: at(0),
  ...more,
});
