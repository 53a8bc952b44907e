import type { Policy } from '@airline/messaging';
import type { DashboardState } from '../domain/model.ts';
import { sagaStep } from '../domain/saga-step.ts';
import { talliedBy, withTally } from '../domain/tally.ts';

export const whenReservationSucceeded: Policy<DashboardState, 'ReservationSucceeded'> = (event) => {
  const step = sagaStep(event);
  return {
    keys: talliedBy(step),
    decide: (known) => withTally(known, step, {}),
  };
};
