import type { BookingHistoryQuery } from '../generated/graphql.ts';

export type Booking = NonNullable<BookingHistoryQuery['reservation']>;
export type Step = Booking['history'][number];

export interface TimedStep extends Step {
  /** Milliseconds since the step before; undefined for the first. */
  readonly sincePrevious: number | undefined;
  /** Milliseconds since the first step. */
  readonly sinceStart: number;
}

/** Each step with the time that it took. Steps come in the order of their times. */
export function timed(steps: readonly Step[]): TimedStep[] {
  const times = steps.map(({ at }) => Date.parse(at));
  return steps.map((step, index) => ({
    ...step,
    sincePrevious: index === 0 ? undefined : (times[index] as number) - (times[index - 1] as number),
    sinceStart: (times[index] as number) - (times[0] as number),
  }));
}

/**
 * Whether the history has caught up with the booking's status and nothing is on its way any more: the dashboard service
 * hears of each step a moment after it, and seats and money come back after the cancellation was told.
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
