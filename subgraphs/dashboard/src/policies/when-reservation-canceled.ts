import type { Policy } from '@airline/messaging';
import { count } from '../domain/count.ts';
import type { DashboardState } from '../domain/model.ts';
import { sagaStep } from '../domain/saga-step.ts';

export const whenReservationCanceled: Policy<DashboardState, 'ReservationCanceled'> = (event) => {
  const { customerId } = event.data;
  const step = { ...sagaStep(event), customerId };
  return {
    keys: { info: customerId, step: step.id, erasure: customerId },
    decide: (known) => count(known, step),
  };
};
