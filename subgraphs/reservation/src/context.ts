import type { Feed, SubgraphContext } from '@airline/service';
import type { ReservationState } from './domain/model.ts';
import type { LatestReservations, ReservationRepository } from './store/repository.ts';
import type { Outcomes } from './workers/outcomes.ts';

/** What resolvers see of one request. */
export interface Context extends SubgraphContext<ReservationState> {
  readonly reservations: ReservationRepository;
  readonly latestReservations: LatestReservations;
  readonly feed: Feed;
  readonly outcomes: Outcomes;
}

/** What mutations see of it. */
export type MutationContext = Omit<Context, 'latestReservations' | 'feed' | 'operator' | 'start'>;
