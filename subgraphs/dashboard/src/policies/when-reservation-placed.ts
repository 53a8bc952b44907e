import type { Policy } from '@airline/messaging';
import { countPlaced } from '../domain/count.ts';
import type { DashboardState } from '../domain/model.ts';
import { sagaStep } from '../domain/saga-step.ts';

export const whenReservationPlaced: Policy<DashboardState, 'ReservationPlaced'> = (event) => ({
  keys: { info: event.data.customerId },
  decide: (known) => {
    const { customerId, reserveDate } = event.data;
    const { write, publish } = countPlaced(known, customerId, reserveDate, event.time);
    return { write: { ...write, step: sagaStep(event) }, publish };
  },
});
