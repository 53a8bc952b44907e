import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { checks, type Fault, type Move, type Subject } from './provider.contract.ts';
import { type PaymentProvider, ProviderError, type ProviderRequest } from './provider.ts';

// The controls of the contract: what a newcomer may get wrong, and the check that says so.

const SECRET = 'token-of-acme';
const ACCEPTED = 100;
const unknown = () => new ProviderError('UNKNOWN', 'The reply was lost.');
const unavailable = () => new ProviderError('UNAVAILABLE', 'Nobody is there, or does not know the caller.');
const HAS_DONE_IT: readonly Fault[] = ['reply lost', 'failing', 'pending', 'at work', 'no outcome'];

/** A provider with books, as it should be. */
function start(mistake: (right: PaymentProvider) => PaymentProvider = (right) => right): Subject {
  const books = new Map<string, Move>();
  const move = (kind: Move['kind'], { idempotencyKey, amount, currency, signal }: ProviderRequest) => {
    signal.throwIfAborted();
    if (kind === 'charge' && amount > ACCEPTED) return 'DECLINED';
    if (!books.has(idempotencyKey)) books.set(idempotencyKey, { kind, amount, currency });
    return 'PAID';
  };
  const provider: PaymentProvider = {
    charge: async (request) => move('charge', request),
    refund: async (request) => {
      if (!books.has(request.chargeKey)) throw new ProviderError('UNAVAILABLE', 'There is no such charge.');
      move('refund', request);
    },
  };
  const losing: PaymentProvider = {
    charge: async (request) => {
      await provider.charge(request);
      throw unknown();
    },
    refund: async (request) => {
      await provider.refund(request);
      throw unknown();
    },
  };
  const failing = (call: (request: ProviderRequest) => Promise<never>): PaymentProvider => ({
    charge: call,
    refund: call,
  });
  const undone = failing(async () => {
    throw unavailable();
  });
  const silent = failing(({ signal }) => wait(2 ** 31 - 1, undefined as never, { signal, ref: false }));
  return {
    accepted: ACCEPTED,
    declined: ACCEPTED + 1,
    books: () => [...books.values()],
    secrets: [SECRET],
    provider: mistake(provider),
    unresponsive: mistake(silent),
    faulty: (fault) => mistake(HAS_DONE_IT.includes(fault) ? losing : undone),
  };
}

test.each(Object.entries(checks))('a provider as it should be passes: %s', async (_name, check) => {
  await check(start());
});

const NO_OUTCOME = 'a call is no outcome where the provider is so:';
const REFUND = 'a refund can be repeated under its key';

/** An adapter that does something else where a call fails. */
const onFailure =
  (
    charge: (
      error: unknown,
      request: ProviderRequest,
      right: PaymentProvider,
    ) => Promise<'PAID' | 'DECLINED'>,
  ) =>
  (right: PaymentProvider): PaymentProvider => ({
    ...right,
    charge: (request) => right.charge(request).catch((error) => charge(error, request, right)),
  });
const rethrow = (make: (error: unknown) => unknown) =>
  onFailure((error) => {
    throw make(error);
  });
/** An adapter that sends something else. */
const altered =
  (alter: <Request extends ProviderRequest>(request: Request) => Request) =>
  (right: PaymentProvider): PaymentProvider => ({
    charge: (request) => right.charge(alter(request)),
    refund: (request) => right.refund(alter(request)),
  });

let calls = 0;
const mistakes: readonly (readonly [string, string, (right: PaymentProvider) => PaymentProvider])[] = [
  ['a lost reply is a decline', `${NO_OUTCOME} reply lost`, onFailure(async () => 'DECLINED')],
  ['an error of the provider is a decline', `${NO_OUTCOME} failing`, onFailure(async () => 'DECLINED')],
  ['a wrong token is a decline', `${NO_OUTCOME} refusing`, onFailure(async () => 'DECLINED')],
  ['an outage is a decline', `${NO_OUTCOME} away`, onFailure(async () => 'DECLINED')],
  ['too many requests are a decline', `${NO_OUTCOME} busy`, onFailure(async () => 'DECLINED')],
  ['a key that is at work is a decline', `${NO_OUTCOME} at work`, onFailure(async () => 'DECLINED')],
  ['each success is paid', `${NO_OUTCOME} no outcome`, onFailure(async () => 'PAID')],
  [
    'what fails is tried again under another key',
    `${NO_OUTCOME} reply lost`,
    onFailure((_error, request, right) =>
      right.charge({ ...request, idempotencyKey: `${request.idempotencyKey}:2` }),
    ),
  ],
  ['what is pending is paid', `${NO_OUTCOME} pending`, onFailure(async () => 'PAID')],
  [
    'an error of the provider is UNAVAILABLE',
    `${NO_OUTCOME} failing`,
    rethrow(() => new ProviderError('UNAVAILABLE', 'It responded 500.')),
  ],
  [
    'each failure is UNAVAILABLE',
    `${NO_OUTCOME} reply lost`,
    rethrow(() => new ProviderError('UNAVAILABLE', 'It failed.')),
  ],
  ['errors are those of the HTTP client', `${NO_OUTCOME} away`, rethrow(() => new TypeError('fetch failed'))],
  [
    'an error reveals the token',
    `${NO_OUTCOME} refusing`,
    rethrow(() => new ProviderError('UNKNOWN', `401 for Bearer ${SECRET}`)),
  ],
  [
    'a refund that is refused counts as done',
    `${NO_OUTCOME} refusing`,
    (right) => ({ ...right, refund: (request) => right.refund(request).catch(() => {}) }),
  ],
  [
    'a charge that the provider does not know counts as refunded',
    'a refund of a charge that was never made is no refund',
    (right) => ({ ...right, refund: (request) => right.refund(request).catch(() => {}) }),
  ],
  [
    'there is no key',
    'a charge has the same outcome under the same key, in sequence and in parallel',
    (right) => ({
      ...right,
      charge: (request) => {
        calls += 1;
        return right.charge({ ...request, idempotencyKey: `${calls}` });
      },
    }),
  ],
  ['the currency is always the same', REFUND, altered((request) => ({ ...request, currency: 'KRW' }))],
  [
    'the currency is always another',
    'a charge has the same outcome under the same key, in sequence and in parallel',
    altered((request) => ({ ...request, currency: 'EUR' })),
  ],
  [
    'the amount is one of another unit',
    REFUND,
    altered((request) => ({ ...request, amount: request.amount / 100 })),
  ],
  [
    'a refund is of another charge',
    REFUND,
    (right) => ({
      ...right,
      refund: (request) => right.refund({ ...request, chargeKey: request.idempotencyKey }),
    }),
  ],
  [
    'a decline is an error',
    'a declined charge is an outcome, not an error, and stays declined',
    (right) => ({
      ...right,
      charge: async (request) => {
        if ((await right.charge(request)) === 'DECLINED') throw unknown();
        return 'PAID';
      },
    }),
  ],
];

test.each(mistakes)('a mistake is found: %s', async (_mistake, found, adapter) => {
  await expect(checks[found]?.(start(adapter))).rejects.toThrow();
});

test('a mistake is found: the signal is not passed on', async () => {
  const deaf = altered((request) => ({ ...request, signal: new AbortController().signal }));
  const check = checks['a charge that is aborted while in flight rejects'];
  await expect(check?.(start(deaf))).rejects.toThrow('pass `signal` on');
});
