import type { CustomerInfoRow } from '@airline/dashboard/store/tables';
import type { FlightRow } from '@airline/flight/store/tables';
import type { ReservationRow } from '@airline/reservation/store/tables';

/** An airline of some size: so many that a plan without an index would be slow, and so would one that sorts. */
export const FLIGHTS = 5_000;
export const RESERVATIONS = 50_000;
export const CUSTOMERS = 2_000;

const START = Date.parse('2024-11-21T00:00:00Z');
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const REASONS = ['SEATS_SOLD_OUT', 'PAYMENT_DECLINED', 'CUSTOMER', 'EXPIRED'] as const;

/** The instant of the placement of one reservation: one every ten seconds. */
export const placedAt = (index: number) => new Date(START + index * 10 * SECOND).toISOString();

/** A UUIDv7 of an instant, whose other digits look random and are not. */
export function idAt(instant: string, index: number): string {
  const time = Date.parse(instant).toString(16).padStart(12, '0');
  const rest = ((index * 2_654_435_761) % 2 ** 40).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${rest}`;
}

const numbered = <Row>(count: number, row: (index: number) => Row): Row[] =>
  Array.from({ length: count }, (_, index) => row(index));

export const customerIdOf = (index: number) => `customer-${index % CUSTOMERS}`;
export const flightIdOf = (index: number) => idAt(placedAt(index % FLIGHTS), index % FLIGHTS);
export const reservationIdOf = (index: number) => idAt(placedAt(index), index);
const dayOf = (index: number) => new Date(START + (index % 365) * DAY).toISOString().slice(0, 10);

export const flights = (): FlightRow[] =>
  numbered(FLIGHTS, (index) => ({
    id: flightIdOf(index),
    flightCode: `${index % 3 === 0 ? 'KE' : 'ace'}${100 + (index % 800)}`,
    takeoffDate: dayOf(index * 7),
    cost: 10_000 * (1 + (index % 97)),
    currency: 'KRW',
    capacity: 300,
    remainingSeatsCount: index % 5 === 0 ? 0 : 300 - (index % 300),
  }));

export const reservations = (): ReservationRow[] =>
  numbered(RESERVATIONS, (index) => {
    const status = index % 20 === 0 ? 'PENDING' : index % 5 === 0 ? 'CANCELED' : 'SUCCEED';
    return {
      id: reservationIdOf(index),
      customerId: customerIdOf(index * 31),
      flightId: flightIdOf(index * 17),
      seatQty: 1 + (index % 4),
      reserveDate: dayOf(index),
      status,
      cancelReason: status === 'CANCELED' ? (REASONS[index % 4] ?? null) : null,
      placedAt: placedAt(index),
      updatedAt: placedAt(index),
    };
  });

export const customers = (): CustomerInfoRow[] =>
  numbered(CUSTOMERS, (index) => ({
    customerId: customerIdOf(index),
    flightCount: 1 + (index % 50),
    recentReserveDate: index % 40 === 0 ? null : dayOf(index * 3),
    canceledCount: index % 9,
    updatedAt: placedAt(index),
  }));
