import type { BookingHistoryQuery } from '../generated/graphql.ts';

export type Booking = NonNullable<BookingHistoryQuery['reservation']>;
export type Step = Booking['history'][number];

/** What is known of a step beside what happened, as data. */
export type StepFacts = Pick<Step, 'seatQty' | 'amount' | 'currency' | 'reason'>;

export interface TimedStep extends Step {
  /** Milliseconds since the step before; undefined for the first. */
  readonly sincePrevious: number | undefined;
  /** Milliseconds since the first step. */
  readonly sinceStart: number;
}

/** Each step with the time that it took. Steps come in the order of their times. */
export function timed(steps: readonly Step[]): TimedStep[] {
  const [first] = steps;
  return steps.map((step, index) => {
    const since = (other: Step) => Date.parse(step.at) - Date.parse(other.at);
    const previous = steps[index - 1];
    return { ...step, sincePrevious: previous && since(previous), sinceStart: since(first ?? step) };
  });
}

/**
 * Whether the history has caught up with the booking's status and nothing more is pending: the dashboard service
 * records each step a moment after it, and seats are released and money is refunded after the cancellation.
 */
export function isComplete({ status, history }: Pick<Booking, 'status' | 'history'>): boolean {
  const events = new Set(history.map(({ event }) => event));
  switch (status) {
    case 'PENDING':
      return events.has('ReservationPlaced');
    case 'SUCCEED':
      return events.has('ReservationSucceeded');
    case 'CANCELED':
      return (
        events.has('ReservationCanceled') &&
        (!events.has('RemainingSeatsDecreased') || events.has('RemainingSeatsIncreased')) &&
        (!events.has('Paid') || events.has('PaymentRefunded'))
      );
  }
}
