import { amountOf, missing, wholeNumber } from '../../app/input.ts';
import type { Problem } from '../../data/problem.ts';
import type { Flight } from '../../data/rows.ts';
import type { UpdateFlightInput } from '../../generated/graphql.ts';

/** As it is in the form. */
export interface TypedFlight {
  readonly takeoffDate: string;
  readonly cost: string;
  readonly capacity: string;
}

export type FlightChanges = Omit<UpdateFlightInput, 'id'>;

/** Seats that are held or sold. */
export const takenOf = ({ capacity, remainingSeatsCount }: Flight): number => capacity - remainingSeatsCount;

/** What would be changed of a flight, or what is wrong with it. */
export function readChanges(
  flight: Flight,
  typed: TypedFlight,
): { changes: FlightChanges } | { problem: Problem } {
  const cost = amountOf(typed.cost, flight.currency);
  const capacity = wholeNumber(typed.capacity);
  if (typed.takeoffDate === '') return { problem: missing('takeoffDate') };
  if (cost === undefined || cost < 0) return { problem: missing('cost') };
  if (capacity === undefined || capacity < takenOf(flight)) return { problem: missing('capacity') };
  return {
    changes: {
      ...(typed.takeoffDate !== flight.takeoffDate && { takeoffDate: typed.takeoffDate }),
      ...(cost !== flight.cost && { cost }),
      ...(capacity !== flight.capacity && { capacity }),
    },
  };
}
