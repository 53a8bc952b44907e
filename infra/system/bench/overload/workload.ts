import { bookingAt } from '@airline/e2e/booking';
import { until } from '@airline/testing';
import type { Outcome, Wish } from './requests.ts';

const PLACE = `mutation ($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status payment { status } } }
}`;
const LOOK = '{ flights(first: 10) { nodes { id flightCode remainingSeatsCount } } }';
const SEATS = 1_000_000;
/** One in so many is a booking. */
const BOOKING = 4;

/** What the airline's customers do: reads, and bookings that await their outcome. */
export class Workload {
  readonly read: Wish = { query: LOOK };
  readonly #flightId: string;
  readonly #booking: ReturnType<typeof bookingAt>;
  readonly #booked = new Set<string>();

  private constructor(booking: ReturnType<typeof bookingAt>, flightId: string) {
    this.#booking = booking;
    this.#flightId = flightId;
  }

  static async open(url: string): Promise<Workload> {
    const booking = bookingAt(url);
    return new Workload(booking, await booking.registerFlight(SEATS));
  }

  /** Of so many customers, each the one after the other. */
  wish(index: number): Wish {
    return index % BOOKING === 0 ? this.booking(index) : this.read;
  }

  booking(index: number): Wish {
    const customerId = `customer-${index % 500}`;
    const input = { customerId, flightId: this.#flightId, seatQty: 1, reserveDate: '2024-11-21' };
    return { query: PLACE, variables: { input: { ...input, awaitOutcome: true } } };
  }

  /** Notes what a client was told. */
  note({ body }: Outcome): void {
    const id = /"reservation":\{"id":"([^"]+)"/.exec(body)?.[1];
    if (id) this.#booked.add(id);
  }

  /** @returns how many were acknowledged, and what is wrong with them once all is settled */
  async check(): Promise<{ readonly acknowledged: number; readonly faults: readonly string[] }> {
    const faults: string[] = [];
    for (const id of this.#booked) {
      const { status, payment } = await until(`${id} is settled`, async () => {
        const reservation = await this.#booking.reservation(id);
        return reservation.status !== 'PENDING' && reservation;
      });
      if (status !== 'SUCCEED' || payment?.status !== 'PAID')
        faults.push(`${id} is ${status}, ${payment?.status}`);
    }
    const taken = SEATS - (await this.#booking.remainingSeats(this.#flightId));
    if (taken < this.#booked.size)
      faults.push(`${taken} seats are taken for ${this.#booked.size} reservations`);
    return { acknowledged: this.#booked.size, faults };
  }
}
