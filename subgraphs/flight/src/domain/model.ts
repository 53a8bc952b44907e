import type { DomainEvent } from '@airline/schema/events';

export interface Flight {
  readonly id: string;
  readonly flightCode: string;
  /** `YYYY-MM-DD`. */
  readonly takeoffDate: string;
  /** Of one seat, in the smallest unit of the currency. */
  readonly cost: number;
  readonly capacity: number;
  /** Seats that are neither held nor sold. */
  readonly remainingSeatsCount: number;
}

/**
 * What became of one reservation's wish for seats. `REFUSED` and `RELEASED` are final; a cancellation that
 * arrives first leaves a `RELEASED` hold of no seats, so that the placement finds it and takes none.
 */
export interface SeatHold {
  readonly reservationId: string;
  readonly flightId: string;
  readonly seatQty: number;
  /** Of one seat, when it was held. */
  readonly cost: number;
  readonly status: 'HELD' | 'REFUSED' | 'RELEASED';
}

export type FlightState = {
  readonly flight: Flight;
  readonly hold: SeatHold;
};

type FlightEvent = DomainEvent<
  | 'FlightRegistered'
  | 'FlightUpdated'
  | 'RemainingSeatsDecreased'
  | 'RemainingSeatsIncreased'
  | 'SeatsSoldOut'
>;

/** What the service knows when it decides: a flight and one reservation's hold, where they are there. */
export type Known = Partial<FlightState>;

export interface Decision {
  readonly write?: Known;
  readonly publish?: readonly FlightEvent[];
}
