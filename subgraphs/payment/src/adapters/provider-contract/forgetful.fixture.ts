import { type PaymentProvider, ProviderError } from '../provider.ts';

/** What a process that starts again has lost. */
const charged = new Set<string>();

/** An adapter that gives back what it remembers, in what all its objects share; or one that needs no memory. */
export const createProvider = ({ isForgetful }: { readonly isForgetful: boolean }): PaymentProvider => ({
  charge: async ({ idempotencyKey }) => {
    charged.add(idempotencyKey);
    return 'PAID';
  },
  refund: async ({ chargeKey }) => {
    if (isForgetful && !charged.has(chargeKey))
      throw new ProviderError('UNAVAILABLE', 'It is not known here.');
  },
});
