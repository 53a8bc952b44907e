import type { PaymentRepository } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context {
  readonly payments: PaymentRepository;
}
