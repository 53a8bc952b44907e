import type { Policy } from '@airline/messaging';
import { count } from '../domain/count.ts';
import type { DashboardState } from '../domain/model.ts';
import { sagaStep } from '../domain/saga-step.ts';
import { talliedBy, withTally } from '../domain/tally.ts';

export const whenReservationPlaced: Policy<DashboardState, 'ReservationPlaced'> = (event) => {
  const { customerId, reserveDate } = event.data;
  const step = { ...sagaStep(event), customerId, reserveDate };
  return {
    keys: { info: customerId, erasure: customerId, ...talliedBy(step) },
    decide: (known) => withTally(known, step, count(known, step)),
  };
};
