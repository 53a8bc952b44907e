import type { Policy } from '@airline/messaging';
import type { DashboardState } from '../domain/model.ts';
import { type SagaEventType, sagaStep } from '../domain/saga-step.ts';

/** Every step of a saga is part of its history. */
export const whenSagaGoesOn: Policy<DashboardState, SagaEventType> = (event) => ({
  keys: {},
  decide: () => ({ write: { step: sagaStep(event) } }),
});
