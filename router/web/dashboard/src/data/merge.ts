import type { Customer, Flight, Payment, Reservation } from './rows.ts';

/** Whether a row that arrives takes the place of the one that is known. `asOf` are ticks; see `Entry`. */
export type Supersedes<Row> = (arrived: Observed<Row>, known: Observed<Row>) => boolean;

/** A row as it was pushed, or loaded. */
export interface Observed<Row> {
  readonly row: Row;
  readonly asOf: number;
}

const RANK = { PENDING: 0, SUCCEED: 1, CANCELED: 2 } as const;

/** A reservation only goes forward, so its status decides what is newer, whatever the clocks of replicas say. */
export const supersedesReservation: Supersedes<Reservation> = ({ row: arrived }, { row: known }) => {
  const forward = RANK[arrived.status] - RANK[known.status];
  return forward === 0 ? arrived.updatedAt > known.updatedAt : forward > 0;
};

/** Counts go up at one `updatedAt`; only a recount lowers them, which moves the time on. */
export const supersedesCustomer: Supersedes<Customer> = ({ row: arrived }, { row: known }) =>
  arrived.updatedAt === known.updatedAt
    ? countsOf(arrived) > countsOf(known)
    : arrived.updatedAt > known.updatedAt;

const countsOf = ({ flightCount, canceledCount }: Customer) => flightCount + canceledCount;

/**
 * A flight says nothing of its age, but pushes of it never go back, and each change is followed by one. So a push counts
 * as of its arrival, a response as of its request: where both overlap, the push stays, and if the response was newer another
 * push comes.
 */
export const supersedesFlight: Supersedes<Flight> = (arrived, known) => arrived.asOf >= known.asOf;

/** Payments are not pushed: the response to the later request is newer. */
export const supersedesPayment: Supersedes<Payment> = (arrived, known) => arrived.asOf >= known.asOf;

/** Whether two rows of one kind show the same. */
export function isSame<Row extends object>(one: Row, other: Row): boolean {
  return (Object.keys(one) as (keyof Row)[]).every((key) => one[key] === other[key]);
}
