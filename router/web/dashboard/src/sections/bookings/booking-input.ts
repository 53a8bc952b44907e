import { isBlank, missing, wholeNumber } from '../../app/input.ts';
import type { Problem } from '../../data/problem.ts';
import type { Flight } from '../../data/rows.ts';

/** What the fields of the booking form hold. */
export interface TypedBooking {
  readonly customerId: string;
  readonly flightId: string;
  readonly seatQty: string;
  /** `YYYY-MM-DD`; empty while it is typed. */
  readonly reserveDate: string;
}

export type BookingField = keyof TypedBooking;
export type BookingInput = Omit<TypedBooking, 'seatQty'> & { readonly seatQty: number };

/** What no booking can come of, known before it is sent. */
export function hopeless(
  { reserveDate }: Pick<TypedBooking, 'reserveDate'>,
  flight: Flight | undefined,
): Problem | undefined {
  if (flight?.remainingSeatsCount === 0) return { code: 'SOLD_OUT', field: 'flightId', message: '' };
  if (flight && reserveDate > flight.takeoffDate)
    return { code: 'FLIGHT_DEPARTED', field: 'reserveDate', message: '' };
  return undefined;
}

/** What is to be sent, or why that is nothing yet. @param flight of `flightId`, as far as it is known */
export function readBooking(
  typed: TypedBooking,
  flight: Flight | undefined,
): { readonly input: BookingInput } | { readonly problem: Problem } {
  const seatQty = wholeNumber(typed.seatQty);
  const customerId = typed.customerId.trim();
  if (isBlank(customerId)) return { problem: missing('customerId') };
  if (typed.flightId === '') return { problem: missing('flightId') };
  if (seatQty === undefined || seatQty < 1) return { problem: missing('seatQty') };
  if (typed.reserveDate === '') return { problem: missing('reserveDate') };
  const problem = hopeless(typed, flight);
  return problem ? { problem } : { input: { ...typed, customerId, seatQty } };
}
