import { expect, test } from 'vitest';
import { checks } from '../provider.contract.ts';
import { type PaymentProvider, ProviderError } from '../provider.ts';
import { type Api, adapt, startAcme as start } from './acme.fixture.ts';

// The controls of one call: what it takes a failure for, and how it asks.

const NO_OUTCOME = 'a call is no outcome where the provider is so:';
const MOVES = ', where it moves money alone';

const toUnknown = () => {
  throw new ProviderError('UNKNOWN', 'It failed.');
};
/** Takes the reply of another payment for this one's. */
const believing =
  <Result>(result: Result) =>
  (error: unknown) => {
    if (String(error).includes('another payment')) return result;
    throw error;
  };

test.each<[string, string, (right: PaymentProvider, api: Api, url: string) => PaymentProvider, string]>([
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
  [
    'a charge is paid by the reply of another one',
    `${NO_OUTCOME} another payment`,
    (right) => ({
      ...right,
      charge: (request) => right.charge(request).catch(believing('PAID' as const)),
    }),
    'ends with a ProviderError',
  ],
  [
    'a refund is done by the reply of another one',
    `${NO_OUTCOME} another payment${MOVES}`,
    (right) => ({
      ...right,
      refund: (request) => right.refund(request).catch(believing(undefined)),
    }),
    'ends with a ProviderError',
  ],
  [
    'a charge that is looked up is any that is found',
    `${NO_OUTCOME} another payment`,
    (_right, api) =>
      adapt({
        ...api,
        find: (key, signal) => api.find(key, signal).catch(believing('id of another')),
      }),
    'money that has moved',
  ],
  [
    'a charge that fails is tried again at once',
    `${NO_OUTCOME} failing${MOVES}`,
    (right) => ({
      ...right,
      charge: (request) => right.charge(request).catch(() => right.charge(request)),
    }),
    'requests of four calls',
  ],
  [
    'a refund that fails is tried again at once',
    `${NO_OUTCOME} busy${MOVES}`,
    (right) => ({
      ...right,
      refund: (request) => right.refund(request).catch(() => right.refund(request)),
    }),
    'requests of four calls',
  ],
  [
    'a path is joined with a slash to a URL that ends with one',
    'a slash at the end of its URL changes nothing',
    (right, _api, url) => ({
      ...right,
      charge: async (request) =>
        new URL(`${url}/charges`).pathname === '/v1/charges' ? right.charge(request) : toUnknown(),
    }),
    'It failed.',
  ],
])('a mistake is found: %s', async (_mistake, found, adapter, said) => {
  await expect(checks[found]?.(start(adapter))).rejects.toThrow(said);
});

test('a stand-in that does not count what fails is found', async () => {
  const right = start();
  const attempts = async () => (await right.attempts()) - 2;
  const check = checks[`${NO_OUTCOME} busy${MOVES}`];
  await expect(check?.({ ...right, attempts })).rejects.toThrow('`attempts` lacks');
});

test('a stand-in that takes a charge at any path is found', async () => {
  const lax = start();
  const check = checks['a stand-in has its own paths alone, else it hides a wrong one'];
  await expect(check?.({ ...lax, elsewhere: lax.provider })).rejects.toThrow('ends with a ProviderError');
});
