import type { Store } from '@airline/database';
import type { ReservationState } from './domain/model.ts';
import type { Outcomes } from './outcomes.ts';
import type { ReservationRepository } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context {
  readonly store: Store<ReservationState>;
  readonly reservations: ReservationRepository;
  readonly outcomes: Outcomes;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly traceparent: string | undefined;
}
