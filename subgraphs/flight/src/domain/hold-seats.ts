import type { EventData } from '@airline/schema/events';
import type { Decision, Flight, Known } from './model.ts';

type Reason = EventData<'SeatsSoldOut'>['reason'];

/** Holds seats for a reservation, or refuses with the reason; decides once per reservation. */
export function holdSeats({ flight, hold }: Known, placed: EventData<'ReservationPlaced'>): Decision {
  if (hold) return {};
  const { reservationId, customerId, flightId, seatQty } = placed;
  const refusal = reasonToRefuse(flight, placed);
  if (!flight || refusal) {
    return {
      write: { hold: { reservationId, flightId, seatQty: 0, cost: 0, status: 'REFUSED' } },
      publish: [
        {
          type: 'SeatsSoldOut',
          data: { flightId, reservationId, seatQty, reason: refusal ?? 'FLIGHT_NOT_FOUND' },
        },
      ],
    };
  }
  const { cost, currency } = flight;
  const remainingSeatsCount = flight.remainingSeatsCount - seatQty;
  return {
    write: {
      flight: { ...flight, remainingSeatsCount },
      hold: { reservationId, flightId, seatQty, cost, status: 'HELD' },
    },
    publish: [
      {
        type: 'RemainingSeatsDecreased',
        data: { flightId, reservationId, customerId, seatQty, cost, currency, remainingSeatsCount },
      },
    ],
  };
}

function reasonToRefuse(
  flight: Flight | undefined,
  { seatQty, reserveDate }: EventData<'ReservationPlaced'>,
): Reason | undefined {
  if (!flight) return 'FLIGHT_NOT_FOUND';
  if (reserveDate > flight.takeoffDate) return 'FLIGHT_DEPARTED';
  if (seatQty > flight.remainingSeatsCount) return 'SEATS_SOLD_OUT';
  return undefined;
}
