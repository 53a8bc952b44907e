import { present } from '@airline/testing';

const FLIGHTS = 20;
const CUSTOMERS = 100;
/** As many seats as are drawn one by one. */
const CAPACITY = 180;
export const UPDATES_A_BOOKING = 4;

/** Bookings in memory, and what comes of them; `push` gets each row that changes, by the field that tells it. */
export function createBookings(push: (field: string, row: object) => void) {
  const begun = Date.now();
  const flights = Array.from({ length: FLIGHTS }, (_, index) => ({
    id: `flight ${String(index).padStart(3, '0')}`,
    flightCode: `F${index}`,
    takeoffDate: '2025-12-25',
    cost: 200_000,
    currency: 'KRW',
    capacity: CAPACITY,
    remainingSeatsCount: CAPACITY,
  }));
  const customers = new Map<string, ReturnType<typeof customerInfo>>();
  const reservations: ReturnType<typeof reservation>[] = [];

  const reservation = (index: number, customerId: string, flightId: string) => ({
    id: `booking ${String(index).padStart(9, '0')}`,
    reference: '7K3M-9QXT',
    customerId,
    flightId,
    seatQty: 1,
    reserveDate: '2024-11-21',
    status: 'PENDING',
    cancelReason: null,
    placedAt: new Date(begun + index).toISOString(),
    updatedAt: new Date(begun + index).toISOString(),
  });

  return {
    begun,
    flights,
    customers,
    reservations,
    /** The names of customers, the one that booked last first. */
    newest: () =>
      reservations
        .slice(-CUSTOMERS)
        .map(({ customerId }) => customerId)
        .reverse(),
    /** Places one that succeeds at once, by `UPDATES_A_BOOKING` updates. */
    book(): void {
      const index = reservations.length;
      const flight = present(flights[index % FLIGHTS], `flight ${index % FLIGHTS}`);
      const placed = reservation(index, `customer ${index % CUSTOMERS}`, flight.id);
      reservations.push(placed);
      push('reservationUpdated', placed);
      flight.remainingSeatsCount -= 1;
      push('flightUpdated', flight);
      const count = (customers.get(placed.customerId)?.flightCount ?? 0) + 1;
      const customer = customerInfo(placed.customerId, count, placed.placedAt);
      customers.set(placed.customerId, customer);
      push('customerInfoUpdated', customer);
      placed.status = 'SUCCEED';
      push('reservationUpdated', placed);
    },
  };
}

const customerInfo = (customerId: string, flightCount: number, updatedAt: string) => ({
  customerId,
  flightCount,
  recentReserveDate: '2024-11-21',
  canceledCount: 0,
  updatedAt,
});

export type Bookings = ReturnType<typeof createBookings>;
