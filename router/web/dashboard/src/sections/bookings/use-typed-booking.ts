import { useRow, useServices, useValue } from '../../app/context.ts';
import { isText } from '../../app/restored.ts';
import { useTyped } from '../../app/typed.ts';
import type { TypedBooking } from './booking-input.ts';
import { defaultReserveDate } from './reserve-date.ts';

/** What the booking form holds: for the flight, with the day that fits it until another one is picked. */
export function useTypedBooking(flightId: string) {
  const { store, may, session, today } = useServices();
  const standing = useValue(session.standing);
  /** Of someone who books for themselves alone. */
  const own = may.book === 'own' && 'who' in standing ? standing.who.subject : undefined;
  const [customerId, setCustomerId] = useTyped('customer', '');
  const [seatQty, setSeatQty] = useTyped('seats', '1');
  const [pickedDate, setPickedDate] = useTyped<string | null>('date', null, isText);
  const flight = useRow(store.flights, flightId)?.row;
  const day = useValue(today);
  const reserveDate = pickedDate ?? defaultReserveDate(day, flight?.takeoffDate);
  const typed: TypedBooking = { customerId: own ?? customerId, flightId, seatQty, reserveDate };
  return { typed, own, flight, setCustomerId, setSeatQty, setPickedDate };
}
