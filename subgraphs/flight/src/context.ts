import type { Feed, SubgraphContext } from '@airline/service';
import type { PromotionsFolder } from './adapters/promotions.ts';
import type { FlightState } from './domain/model.ts';
import type { FlightRepository, LatestFlights } from './store/repository.ts';

/** The context of one request. */
export interface Context extends SubgraphContext<FlightState> {
  readonly flights: FlightRepository;
  readonly latestFlights: LatestFlights;
  readonly feed: Feed;
  readonly promotions: PromotionsFolder;
}

/** The part of it that mutations use. */
export type MutationContext = Pick<Context, 'store' | 'newId'>;
