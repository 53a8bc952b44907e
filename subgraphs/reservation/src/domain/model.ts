import type { DomainEvent, EventData } from '@airline/schema/events';

export type CancelReason = EventData<'ReservationCanceled'>['reason'];

/** `PENDING` becomes `SUCCEED` or `CANCELED`; a `SUCCEED` one may still be canceled; `CANCELED` is final. */
export type ReservationStatus = 'PENDING' | 'SUCCEED' | 'CANCELED';

export interface Reservation {
  readonly id: string;
  readonly customerId: string;
  readonly flightId: string;
  readonly seatQty: number;
  /** `YYYY-MM-DD`. */
  readonly reserveDate: string;
  readonly status: ReservationStatus;
  readonly cancelReason: CancelReason | null;
  /** RFC 3339, UTC. */
  readonly placedAt: string;
  readonly updatedAt: string;
}

/** The command and the reservation of a customer's idempotency key. */
export interface IdempotencyRecord {
  /** The customer and the key, as JSON. */
  readonly id: string;
  readonly reservationId: string;
  /** The command's input, as JSON. */
  readonly request: string;
}

export type ReservationState = {
  readonly reservation: Reservation;
  readonly idempotencyRecord: IdempotencyRecord;
};

/** Whether one who acts only for a customer, or for any (undefined), acts for this one. */
export const isFor = (only: string | undefined, customerId: string | undefined): boolean =>
  only === undefined || only === customerId;

type ReservationEvent = DomainEvent<'ReservationPlaced' | 'ReservationSucceeded' | 'ReservationCanceled'>;

export type Known = Partial<ReservationState>;

/** A reservation is written with an event alone, since sagas go on and subscriptions are pushed by events. */
export type Decision =
  | {
      readonly write?: Known & { readonly reservation?: never };
      readonly publish?: readonly ReservationEvent[];
    }
  | {
      readonly write: Known;
      readonly publish: readonly [ReservationEvent, ...ReservationEvent[]];
    };
