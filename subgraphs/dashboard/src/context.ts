import type { DashboardRepository } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context {
  readonly dashboard: DashboardRepository;
}
