import type { Feed, SubgraphContext } from '@airline/service';
import type { PromotionsFolder } from './adapters/promotions.ts';
import type { FlightState } from './domain/model.ts';
import type { FlightRepository, LatestFlights } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context extends SubgraphContext<FlightState> {
  readonly flights: FlightRepository;
  readonly latestFlights: LatestFlights;
  readonly feed: Feed;
  readonly promotions: PromotionsFolder;
}

/** What mutations see of it. */
export type MutationContext = Pick<Context, 'store' | 'newId' | 'traceparent'>;
