import type { Decision, Flight, Known } from './model.ts';

/** Null is what absent is: no field of a flight is nullable. */
export type FlightChanges = {
  readonly [Field in 'cost' | 'takeoffDate' | 'capacity']?: Flight[Field] | null | undefined;
};

export type UpdateResult =
  | { readonly status: 'UPDATED'; readonly flight: Flight }
  | { readonly status: 'NOT_FOUND' }
  | { readonly status: 'CAPACITY_TOO_LOW'; readonly taken: number };

/** Changes a flight. Its capacity never falls below the held and sold seats. */
export function updateFlight({ flight }: Known, changes: FlightChanges): Decision & { result: UpdateResult } {
  if (!flight) return { result: { status: 'NOT_FOUND' } };
  const taken = flight.capacity - flight.remainingSeatsCount;
  const changed: Pick<Flight, keyof FlightChanges> = {
    cost: changes.cost ?? flight.cost,
    takeoffDate: changes.takeoffDate ?? flight.takeoffDate,
    capacity: changes.capacity ?? flight.capacity,
  };
  if (changed.capacity < taken) return { result: { status: 'CAPACITY_TOO_LOW', taken } };
  const updated = { ...flight, ...changed, remainingSeatsCount: changed.capacity - taken };
  const { id, ...data } = updated;
  return {
    write: { flight: updated },
    publish: [{ type: 'FlightUpdated', data: { flightId: id, ...data } }],
    result: { status: 'UPDATED', flight: updated },
  };
}
