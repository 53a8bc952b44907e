import type { Store } from '@airline/database';
import type { Feed, RequestFacts } from '@airline/service';
import type { DashboardState } from './domain/model.ts';
import type { DashboardRepository } from './store/repository.ts';
import type { Recounts } from './workers/recount/recounts.ts';

/** What resolvers see of one request. */
export interface Context extends RequestFacts {
  readonly store: Store<DashboardState>;
  readonly feed: Feed;
  readonly dashboard: DashboardRepository;
  readonly recounts: Recounts;
}
