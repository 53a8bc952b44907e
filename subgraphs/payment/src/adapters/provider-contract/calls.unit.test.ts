import { expect, test } from 'vitest';
import { checks } from '../provider.contract.ts';
import { type PaymentProvider, ProviderError } from '../provider.ts';
import { type Api, startAcme as start } from './acme.fixture.ts';

// The controls of one call: what it takes a failure for, and how it asks.

const NO_OUTCOME = 'a call is no outcome where the provider is so:';

const toUnknown = () => {
  throw new ProviderError('UNKNOWN', 'It failed.');
};

test.each<[string, string, (right: PaymentProvider, api: Api) => PaymentProvider, string]>([
  [
    'no charge is ever UNAVAILABLE',
    `${NO_OUTCOME} away`,
    (right) => ({ ...right, charge: (request) => right.charge(request).catch(toUnknown) }),
    'no connection can be made',
  ],
  [
    'no refund is ever UNAVAILABLE',
    `${NO_OUTCOME} away`,
    (right) => ({ ...right, refund: (request) => right.refund(request).catch(toUnknown) }),
    'no connection can be made',
  ],
])('a mistake is found: %s', async (_mistake, found, adapter, said) => {
  await expect(checks[found]?.(start(adapter))).rejects.toThrow(said);
});
