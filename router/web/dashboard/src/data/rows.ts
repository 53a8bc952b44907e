import type {
  CustomerInfoFieldsFragment,
  FlightFieldsFragment,
  PaymentFieldsFragment,
  ReservationFieldsFragment,
} from '../generated/graphql.ts';

export type Flight = FlightFieldsFragment;
export type Reservation = ReservationFieldsFragment;
export type Customer = CustomerInfoFieldsFragment;
export type Payment = PaymentFieldsFragment;

/** A row as it is shown. */
export interface Entry<Row> {
  readonly row: Row;
  /** The tick of the page's own clock at which the row was pushed, or requested; see `Ticks`. */
  readonly asOf: number;
  /** When a push changed it last, in milliseconds of `performance.now()`; undefined when none did. */
  readonly pushedAt: number | undefined;
}

/**
 * Counts what the page sends and receives, so that a push which came after a query was sent is known to be no older than
 * its response, or to be followed by another push.
 */
export interface Ticks {
  next(): number;
}

export function createTicks(): Ticks {
  let last = 0;
  return { next: () => ++last };
}
