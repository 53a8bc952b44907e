import type { Store } from '@airline/database';
import type { RequestFacts } from '@airline/service';
import type { PaymentState } from './domain/model.ts';
import type { PaymentRepository } from './store/repository.ts';

/** What resolvers see of one request. */
export interface Context extends RequestFacts {
  readonly store: Store<PaymentState>;
  readonly payments: PaymentRepository;
}
