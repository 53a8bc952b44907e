import type { Store } from '@airline/database';
import type { Feed, RequestFacts } from '@airline/service';
import type { ReservationState } from './domain/model.ts';
import type { LatestReservations, ReservationRepository } from './store/repository.ts';
import type { Outcomes } from './workers/outcomes.ts';

/** What resolvers see of one request. */
export interface Context extends RequestFacts {
  readonly store: Store<ReservationState>;
  readonly reservations: ReservationRepository;
  readonly latestReservations: LatestReservations;
  readonly feed: Feed;
  readonly outcomes: Outcomes;
  readonly now: () => Date;
  readonly newId: () => string;
}

/** What mutations see of it. */
export type MutationContext = Pick<
  Context,
  'store' | 'reservations' | 'outcomes' | 'now' | 'newId' | 'traceparent'
>;
