import type { DomainEvent } from '@airline/schema/events';

export interface Flight {
  readonly id: string;
  readonly flightCode: string;
  /** `YYYY-MM-DD`. */
  readonly takeoffDate: string;
  /** The unit price, in the smallest unit of the currency. */
  readonly cost: number;
  /** ISO 4217. */
  readonly currency: string;
  readonly capacity: number;
  /** Seats that are neither held nor sold. */
  readonly remainingSeatsCount: number;
}

/**
 * The seats that one reservation holds. `REFUSED` and `RELEASED` are final. A cancellation that arrives before its
 * placement leaves a `RELEASED` hold of no seats as a tombstone, so that the placement takes none.
 */
export interface SeatHold {
  readonly reservationId: string;
  readonly flightId: string;
  readonly seatQty: number;
  /** The unit price at the time of the hold. */
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

/** The rows of a decision: a flight and one reservation's hold, if they exist. */
export type Known = Partial<FlightState>;

/** A flight is written with an event alone, since subscriptions to it are pushed by events. */
export type Decision =
  | {
      readonly write?: Known & { readonly flight?: never };
      readonly publish?: readonly FlightEvent[];
    }
  | {
      readonly write: Known;
      readonly publish: readonly [FlightEvent, ...FlightEvent[]];
    };
