import type { Policy } from '@airline/messaging';
import { countCanceled } from '../domain/count.ts';
import type { DashboardState } from '../domain/model.ts';
import { sagaStep } from '../domain/saga-step.ts';

export const whenReservationCanceled: Policy<DashboardState, 'ReservationCanceled'> = (event) => ({
  keys: { info: event.data.customerId },
  decide: (known) => {
    const { write, publish } = countCanceled(known, event.data.customerId, event.time);
    return { write: { ...write, step: sagaStep(event) }, publish };
  },
});
