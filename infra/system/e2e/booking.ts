import { request } from '@airline/testing';

export interface Reservation {
  readonly id: string;
  readonly status: 'PENDING' | 'SUCCEED' | 'CANCELED';
  readonly cancelReason: string | null;
  readonly payment: { readonly status: string; readonly cost: number } | null;
}

const RESERVATION = 'id status cancelReason payment { status cost }';

export interface PlaceReservationInput {
  readonly customerId: string;
  readonly flightId: string;
  readonly seatQty: number;
  readonly reserveDate?: string;
  readonly idempotencyKey?: string;
  readonly awaitOutcome?: boolean;
}

/** What a customer and an airline do, through the router; `headers` say who they are. */
export function bookingAt(url: string, headers: Readonly<Record<string, string>> = {}) {
  const ask = <Data>(query: string, variables: Readonly<Record<string, unknown>>) =>
    request<Data>(url, query, variables, headers);
  return {
    registerFlight: async (seats: number, cost = 200_000): Promise<string> => {
      const input = { flightCode: 'ACE890', takeoffDate: '2025-12-25', cost, remainingSeatsCount: seats };
      const { registerFlight } = await ask<{ registerFlight: { flight: { id: string } } }>(
        'mutation ($input: RegisterFlightInput!) { registerFlight(input: $input) { flight { id } } }',
        { input },
      );
      return registerFlight.flight.id;
    },

    place: async (input: PlaceReservationInput): Promise<Reservation> => {
      const { placeReservation } = await ask<{ placeReservation: { reservation: Reservation } }>(
        `mutation ($input: PlaceReservationInput!) { placeReservation(input: $input) { reservation { ${RESERVATION} } } }`,
        { input: { awaitOutcome: true, ...input } },
      );
      return placeReservation.reservation;
    },

    cancel: async (id: string): Promise<Reservation> => {
      const { cancelReservation } = await ask<{ cancelReservation: { reservation: Reservation } }>(
        `mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { ${RESERVATION} } } }`,
        { input: { id } },
      );
      return cancelReservation.reservation;
    },

    reservation: async (id: string): Promise<Reservation> => {
      const { reservation } = await ask<{ reservation: Reservation }>(
        `query ($id: ID!) { reservation(id: $id) { ${RESERVATION} } }`,
        { id },
      );
      return reservation;
    },

    remainingSeats: async (id: string): Promise<number> => {
      const { flight } = await ask<{ flight: { remainingSeatsCount: number } }>(
        'query ($id: ID!) { flight(id: $id) { remainingSeatsCount } }',
        { id },
      );
      return flight.remainingSeatsCount;
    },

    customerInfo: async (customerId: string) => {
      const { customerInfo } = await ask<{
        customerInfo: { flightCount: number; recentReserveDate: string; canceledCount: number } | null;
      }>(
        'query ($id: ID!) { customerInfo(customerId: $id) { flightCount recentReserveDate canceledCount } }',
        { id: customerId },
      );
      return customerInfo;
    },
  };
}

export type Booking = ReturnType<typeof bookingAt>;
