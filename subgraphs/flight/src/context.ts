import type { Store } from '@airline/database';
import type { Feed, RequestFacts } from '@airline/service';
import type { PromotionsFolder } from './adapters/promotions.ts';
import type { FlightState } from './domain/model.ts';
import type { FlightRepository, LatestFlights } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context extends RequestFacts {
  readonly store: Store<FlightState>;
  readonly feed: Feed;
  readonly flights: FlightRepository;
  readonly latestFlights: LatestFlights;
  readonly promotions: PromotionsFolder;
  readonly newId: () => string;
}

/** What mutations see of it. */
export type MutationContext = Pick<Context, 'store' | 'newId' | 'traceparent'>;
