import type { Decision, Flight, Known } from './model.ts';

export type FlightChanges = Partial<Pick<Flight, 'cost' | 'takeoffDate' | 'capacity'>>;

export type UpdateResult =
  | { readonly status: 'UPDATED'; readonly flight: Flight }
  | { readonly status: 'NOT_FOUND' }
  | { readonly status: 'CAPACITY_TOO_LOW'; readonly taken: number };

/** Changes a flight. Its capacity never falls below the held and sold seats. */
export function updateFlight({ flight }: Known, changes: FlightChanges): Decision & { result: UpdateResult } {
  if (!flight) return { result: { status: 'NOT_FOUND' } };
  const taken = flight.capacity - flight.remainingSeatsCount;
  const capacity = changes.capacity ?? flight.capacity;
  if (capacity < taken) return { result: { status: 'CAPACITY_TOO_LOW', taken } };
  const updated = { ...flight, ...changes, remainingSeatsCount: capacity - taken };
  const { id, ...data } = updated;
  return {
    write: { flight: updated },
    publish: [{ type: 'FlightUpdated', data: { flightId: id, ...data } }],
    result: { status: 'UPDATED', flight: updated },
  };
}
