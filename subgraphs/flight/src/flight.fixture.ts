import { happened, scenarios } from '@airline/testing/scenario';
import type { Flight, FlightState, SeatHold } from './domain/model.ts';
import { policies } from './policies/index.ts';
import { tables } from './store/tables.ts';

export const { given } = scenarios<FlightState>(tables);

/** None of its values is the default of its column, so that a test tells a value that is kept from one that is reset. */
export const ace890: Flight = {
  id: 'ace890',
  flightCode: 'ACE890',
  takeoffDate: '2025-12-25',
  cost: 200_000,
  currency: 'EUR',
  capacity: 5,
  remainingSeatsCount: 5,
};

/** ACE890 with this many remaining seats. */
export const left = (remainingSeatsCount: number): Flight => ({ ...ace890, remainingSeatsCount });

/** The hold of the reservation `r1`, of three seats by default. */
export const hold = (status: SeatHold['status'], seatQty = 3): SeatHold => ({
  reservationId: 'r1',
  flightId: 'ace890',
  seatQty,
  cost: seatQty === 0 ? 0 : 200_000,
  status,
});

const r1 = { reservationId: 'r1', customerId: 'c1', flightId: 'ace890', seatQty: 3 };

export function placed(but: { flightId?: string; seatQty?: number; reserveDate?: string } = {}) {
  return react('ReservationPlaced', { ...r1, reserveDate: '2024-11-21', ...but });
}

export const canceled = () => react('ReservationCanceled', { ...r1, reason: 'CUSTOMER' });

/** Applies the policy that the service has registered for the event's type. */
function react<Type extends 'ReservationPlaced' | 'ReservationCanceled'>(
  type: Type,
  data: Parameters<typeof happened<Type>>[1],
) {
  const policy = policies[type];
  if (!policy) throw new Error(`There is no policy for ${type}.`);
  return policy(happened(type, data) as never);
}
