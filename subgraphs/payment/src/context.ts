import type { SubgraphContext } from '@airline/service';
import type { PaymentState } from './domain/model.ts';
import type { PaymentRepository } from './store/repository.ts';

/** The context of one request. */
export interface Context extends SubgraphContext<PaymentState> {
  readonly payments: PaymentRepository;
}
