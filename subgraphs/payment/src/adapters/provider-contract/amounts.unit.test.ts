import { expect, test } from 'vitest';
import { checks } from '../provider.contract.ts';
import type { PaymentProvider } from '../provider.ts';
import { type Api, adapt, startAcme as start } from './acme.fixture.ts';

// The controls of what an adapter makes of an amount.

const UNIT = 'an amount is in its currency and its unit:';

/** An adapter with another amount in one currency. */
const scaled =
  (only: string, scale: (amount: number) => number | string) =>
  (_right: PaymentProvider, api: Api): PaymentProvider => {
    const alter = <Request extends { amount: number | string; currency: string }>(request: Request) =>
      request.currency === only ? { ...request, amount: scale(Number(request.amount)) } : request;
    return adapt({
      ...api,
      charge: (request) => api.charge(alter(request)),
      refund: (id, request) => api.refund(id, alter(request)),
    });
  };

test.each<[string, string, (right: PaymentProvider, api: Api) => PaymentProvider]>([
  ['dinars have two decimals', `${UNIT} KWD`, scaled('KWD', (amount) => amount / 10)],
  [
    'dinars are rounded to two decimals',
    `${UNIT} KWD`,
    scaled('KWD', (amount) => Math.round(amount / 10) * 10),
  ],
  ['won have two decimals', `${UNIT} KRW`, scaled('KRW', (amount) => amount * 100)],
  ['yen have two decimals', `${UNIT} JPY`, scaled('JPY', (amount) => amount * 100)],
  ['other dinars have two decimals', `${UNIT} BHD`, scaled('BHD', (amount) => amount / 10)],
  ['euros have none', `${UNIT} EUR`, scaled('EUR', (amount) => Math.round(amount / 100))],
  ['thousands are separated', `${UNIT} EUR`, scaled('EUR', (amount) => amount.toLocaleString('en'))],
  ['zeros at the end are cut', `${UNIT} KRW`, scaled('KRW', (amount) => `${amount}`.replace(/0+$/, ''))],
  [
    'the zero before a cent is not written',
    `${UNIT} EUR`,
    scaled('EUR', (amount) => Number(`${Math.floor(amount / 100)}.${amount % 100}`) * 100),
  ],
])('a mistake is found: %s', async (_mistake, found, adapter) => {
  await expect(checks[found]?.(start(adapter))).rejects.toThrow('money that has moved');
});

test('an amount that hides rounding is found', async () => {
  await expect(checks[`${UNIT} KWD`]?.({ ...start(), accepted: 120 })).rejects.toThrow('hides rounding');
});

test('a stand-in that declines one of the amounts is found', async () => {
  const adapter = (right: PaymentProvider): PaymentProvider => ({
    ...right,
    charge: async (request) => (request.amount === 1250 ? 'DECLINED' : right.charge(request)),
  });
  await expect(checks[`${UNIT} EUR`]?.(start(adapter))).rejects.toThrow(
    'a charge of 1250, which the stand-in is to accept, in EUR',
  );
});
