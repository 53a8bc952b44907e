import type { Feed, SubgraphContext } from '@airline/service';
import type { DashboardState } from './domain/model.ts';
import type { DashboardRepository } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context extends SubgraphContext<DashboardState> {
  readonly dashboard: DashboardRepository;
  readonly feed: Feed;
}
