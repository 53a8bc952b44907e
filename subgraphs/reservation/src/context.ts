import type { Feed, SubgraphContext } from '@airline/service';
import type { ReservationState } from './domain/model.ts';
import type { LatestReservations, ReservationRepository } from './store/repository.ts';
import type { Outcomes } from './workers/outcomes.ts';

/** The context of one request. */
export interface Context extends SubgraphContext<ReservationState> {
  readonly reservations: ReservationRepository;
  readonly latestReservations: LatestReservations;
  readonly feed: Feed;
  readonly outcomes: Outcomes;
  /** Whether events are published, as far as is known. */
  readonly isPublishing: () => boolean;
}

/** The part of it that mutations use. */
export type MutationContext = Omit<Context, 'reservations' | 'feed' | 'isPublishing' | 'operator' | 'start'>;
