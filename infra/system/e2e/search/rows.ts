/** An airline of some size: so many that a plan without an index would be slow, and so would one that sorts. */
export const FLIGHTS = 5_000;
export const RESERVATIONS = 50_000;
export const CUSTOMERS = 2_000;

const START = Date.parse('2024-11-21T00:00:00Z');
const SECOND = 1_000;
const DAY = 86_400 * SECOND;
const REASONS = ['SEATS_SOLD_OUT', 'PAYMENT_DECLINED', 'CUSTOMER', 'EXPIRED'];

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

export const flights = () =>
  numbered(FLIGHTS, (index) => ({
    id: flightIdOf(index),
    flight_code: `${index % 3 === 0 ? 'KE' : 'ace'}${100 + (index % 800)}`,
    takeoff_date: dayOf(index * 7),
    cost: 10_000 * (1 + (index % 97)),
    currency: 'KRW',
    capacity: 300,
    remaining_seats_count: index % 5 === 0 ? 0 : 300 - (index % 300),
  }));

export const reservations = () =>
  numbered(RESERVATIONS, (index) => {
    const status = index % 20 === 0 ? 'PENDING' : index % 5 === 0 ? 'CANCELED' : 'SUCCEED';
    return {
      id: reservationIdOf(index),
      customer_id: customerIdOf(index * 31),
      flight_id: flightIdOf(index * 17),
      seat_qty: 1 + (index % 4),
      reserve_date: dayOf(index),
      status,
      cancel_reason: status === 'CANCELED' ? (REASONS[index % 4] ?? null) : null,
      placed_at: placedAt(index),
      updated_at: placedAt(index),
    };
  });

export const customers = () =>
  numbered(CUSTOMERS, (index) => ({
    customer_id: customerIdOf(index),
    flight_count: 1 + (index % 50),
    recent_reserve_date: index % 40 === 0 ? null : dayOf(index * 3),
    canceled_count: index % 9,
    updated_at: placedAt(index),
  }));
