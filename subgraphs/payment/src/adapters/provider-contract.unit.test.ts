import { setImmediate as turn } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { checks, type Fault, type Subject } from './provider.contract.ts';
import { type PaymentProvider, ProviderError, type ProviderRequest } from './provider.ts';
import { type Api, adapt, SECRET, startAcme as start } from './provider-contract/acme.fixture.ts';
import { createProvider } from './provider-contract/forgetful.fixture.ts';
import { restarted } from './provider-contract/restarted.contract.ts';

// The controls of the contract: what a newcomer may get wrong, and the check that says so.

const unknown = () => new ProviderError('UNKNOWN', 'The reply was lost.');

test.each(Object.entries(checks))('a provider as it should be passes: %s', async (_name, check) => {
  await expect(check(start())).resolves.toBeUndefined();
});

const MOVES = ', where it moves money alone';
const RESTART = 'a charge is refunded after a restart';
const REPEATED = 'a charge that is repeated after a restart is the same';
const TWO = 'of two charges whose keys differ at the end, each is made, and the one meant given back';
const NO_OUTCOME = 'a call is no outcome where the provider is so:';
const DECLINED_REFUND = 'a refund that is declined is no refund';
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
const onRefundFailure =
  (refund: (error: unknown) => void) =>
  (right: PaymentProvider): PaymentProvider => ({
    ...right,
    refund: (request) => right.refund(request).catch(refund),
  });
/** An adapter that sends something else. */
const altered =
  (alter: <Request extends ProviderRequest>(request: Request) => Request) =>
  (right: PaymentProvider): PaymentProvider => ({
    charge: (request) => right.charge(alter(request)),
    refund: (request) => right.refund(alter(request)),
  });

/** An adapter that takes a reply to what moves money for an outcome. */
const declining = (fault: Fault) =>
  onFailure(async (error) => {
    if (String(error).includes(fault)) return 'DECLINED';
    throw error;
  });
const unavailable = (fault: Fault) =>
  rethrow((error) =>
    String(error).includes(fault) ? new ProviderError('UNAVAILABLE', 'It is not available.') : error,
  );
let calls = 0;
const mistakes: readonly (readonly [
  string,
  string,
  (right: PaymentProvider, api: Api) => PaymentProvider,
])[] = [
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
  [
    'a page is an error of the parser',
    `${NO_OUTCOME} garbled`,
    rethrow(() => new SyntaxError('Unexpected <')),
  ],
  ['errors are those of the HTTP client', `${NO_OUTCOME} away`, rethrow(() => new TypeError('fetch failed'))],
  [
    'an error reveals the token',
    `${NO_OUTCOME} refusing`,
    rethrow(() => new ProviderError('UNKNOWN', `401 for Bearer ${SECRET}`)),
  ],
  ['a refund that is refused counts as done', `${NO_OUTCOME} refusing`, onRefundFailure(() => {})],
  [
    'a charge that the provider does not know counts as refunded',
    'a refund of a charge that was never made is no refund',
    onRefundFailure(() => {}),
  ],
  [
    'a refund that is declined counts as done',
    DECLINED_REFUND,
    onRefundFailure((error) => {
      if (!String(error).includes('declined')) throw error;
    }),
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
    'ids of charges are kept in memory',
    RESTART,
    (right, api) => {
      const ids = new Map<string, string>();
      return {
        charge: async (request) => {
          const outcome = await right.charge(request);
          ids.set(request.idempotencyKey, await api.find(request.idempotencyKey, request.signal));
          return outcome;
        },
        refund: async (request) => {
          const id = ids.get(request.chargeKey);
          if (id === undefined) throw new ProviderError('UNAVAILABLE', 'It is not known here.');
          await api.refund(id, request);
        },
      };
    },
  ],
  [
    'what is sent as a key is kept in memory',
    REPEATED,
    (right) => {
      const keys = new Map<string, string>();
      return {
        ...right,
        charge: async (request) => {
          const { idempotencyKey: key } = request;
          const own = keys.get(key) ?? `${key}:${++calls}`;
          keys.set(key, own);
          return right.charge({ ...request, idempotencyKey: own });
        },
      };
    },
  ],
  [
    'keys are cut',
    TWO,
    (right) => ({
      charge: (request) => right.charge({ ...request, idempotencyKey: request.idempotencyKey.slice(0, 16) }),
      refund: (request) => right.refund({ ...request, chargeKey: request.chargeKey.slice(0, 16) }),
    }),
  ],
  [
    'the first charge of anybody is given back',
    TWO,
    (right) => {
      let first: string | undefined;
      return {
        charge: (request) => {
          first ??= request.idempotencyKey;
          return right.charge(request);
        },
        refund: (request) => right.refund({ ...request, chargeKey: first ?? request.chargeKey }),
      };
    },
  ],
  ...(['invalid', 'forbidden', 'missing', 'timed out'] as const).map(
    (fault) => [`${fault} is a decline`, `${NO_OUTCOME} ${fault}`, declining(fault)] as const,
  ),
  [
    'what is missing at the refund itself counts as refunded',
    `${NO_OUTCOME} missing${MOVES}`,
    onRefundFailure((error) => {
      if (!String(error).includes('missing move')) throw error;
    }),
  ],
  ['503 is UNAVAILABLE', `${NO_OUTCOME} overloaded`, unavailable('overloaded')],
  ['502 is UNAVAILABLE', `${NO_OUTCOME} bad gateway`, unavailable('bad gateway')],
  ['what a redirect leads to is UNAVAILABLE', `${NO_OUTCOME} redirecting`, unavailable('redirecting')],
  ['504 is UNAVAILABLE', `${NO_OUTCOME} gateway timeout`, unavailable('gateway timeout')],
  [
    '503 of the refund itself is UNAVAILABLE',
    `${NO_OUTCOME} overloaded${MOVES}`,
    onRefundFailure((error) => {
      throw String(error).includes('overloaded move') ? new ProviderError('UNAVAILABLE', '503') : error;
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

test('a mistake is found: charges are kept in a memory that all objects of the module share', async () => {
  const from = import.meta.resolve('./provider-contract/forgetful.fixture.ts');
  const started = (config: { isForgetful: boolean }): Subject => ({
    ...start(),
    books: 'none',
    provider: createProvider(config),
    restarted: restarted(from, config),
  });
  await expect(checks[RESTART]?.(started({ isForgetful: true }))).rejects.toThrow('It is not known here.');
  await expect(checks[RESTART]?.(started({ isForgetful: false }))).resolves.toBeUndefined();
});

const never = () => new AbortController().signal;
const deaf = altered((request) => ({ ...request, signal: never() }));
/** What it asks before is aborted, what moves money is not. */
const halfDeaf = (_right: PaymentProvider, api: Api): PaymentProvider =>
  adapt({
    find: api.find,
    charge: async (request) => {
      await turn(undefined, { signal: request.signal });
      return api.charge({ ...request, signal: never() });
    },
    refund: (id, request) => api.refund(id, { ...request, signal: never() }),
  });

test.each([
  ['the signal is not passed on', 'a charge that is aborted while in flight rejects', deaf],
  ['nor with a refund', 'a refund that is aborted while in flight rejects', deaf],
  ['nor with what moves money', `a charge that is aborted while in flight rejects${MOVES}`, halfDeaf],
  ['nor with the refund itself', `a refund that is aborted while in flight rejects${MOVES}`, halfDeaf],
])('a mistake is found: %s', async (_mistake, found, adapter) => {
  // It is waited for what never comes.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }).setTimerTickMode('nextTimerAsync');
  onTestFinished(() => void vi.useRealTimers());
  await expect(checks[found]?.(start(adapter))).rejects.toThrow('pass `signal` on');
});

test('what ends before it is aborted shows nothing, and is found', async () => {
  const refusing = (right: PaymentProvider) => ({ ...right, refund: () => Promise.reject(unknown()) });
  const check = checks[`a refund that is aborted while in flight rejects${MOVES}`];
  await expect(check?.(start(refusing))).rejects.toThrow('it ends before it is aborted');
});

test('a stand-in that is to decline and fails is found', async () => {
  const standIn = start();
  const faulty: Subject['faulty'] = (_fault, at) => standIn.faulty('away', at);
  await expect(checks[DECLINED_REFUND]?.({ ...standIn, faulty })).rejects.toThrow('away move');
});

test('a signal that is passed on to what is looked up alone is found there alone', async () => {
  const check = checks['a refund that is aborted while in flight rejects'];
  await expect(check?.(start(halfDeaf))).resolves.toBeUndefined();
});
