import { request, until } from '@airline/testing';
import { bookingAt } from '../booking.ts';
import type { OtlpReceiver, ReceivedSpan } from './otlp-receiver.ts';

/** Variables by which a system sends its traces to a receiver, soon. */
export const tracedTo = (receiver: OtlpReceiver): Record<string, string> => ({
  OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
  OTEL_BSP_SCHEDULE_DELAY: '50',
});

const BOOK = `mutation Book($input: PlaceReservationInput!) {
  placeReservation(input: $input) { reservation { id status payment { status } } }
}`;

export interface TracedBooking {
  /** Of the request that the client has made. */
  readonly traceId: string;
  readonly reservationId: string;
  readonly status: string;
}

/** Registers a flight, and then books three of its five seats within the trace of this client. */
export async function bookTraced(url: string, traceId: string): Promise<TracedBooking> {
  const flightId = await bookingAt(url).registerFlight(5);
  const input = { customerId: '1', flightId, seatQty: 3, reserveDate: '2024-11-21', awaitOutcome: true };
  const headers = { traceparent: `00-${traceId}-${'1'.repeat(16)}-01` };
  const { placeReservation } = await request<{
    placeReservation: { reservation: { id: string; status: string } };
  }>(url, BOOK, { input }, headers);
  const { id, status } = placeReservation.reservation;
  return { traceId, reservationId: id, status };
}

/** What a trace of a booking ends with: what the dashboard does of its outcome. */
const isLast = ({ service, name }: ReceivedSpan) =>
  service === 'dashboard' && name === 'handle ReservationSucceeded';

/** Waits until the last effects of so many bookings were received, and nothing has come after them for a while. */
export async function settledTraces(
  receiver: OtlpReceiver,
  bookings: number,
): Promise<readonly ReceivedSpan[]> {
  const ended = () => receiver.spans.filter(isLast).length === bookings;
  await until('the last effect of each booking is received', ended);
  let before = 0;
  let since = performance.now();
  await until('no more spans come', () => {
    if (receiver.spans.length !== before) since = performance.now();
    before = receiver.spans.length;
    return performance.now() - since > QUIET_MS;
  });
  return receiver.spans;
}

/** Longer than spans wait to be sent together. */
const QUIET_MS = 500;
