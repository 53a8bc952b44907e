import { expect, test } from 'vitest';
import { checks } from '../provider.contract.ts';
import type { PaymentProvider } from '../provider.ts';
import { type Api, adapt, startAcme as start } from './acme.fixture.ts';

// The controls of what one release has sent and the next one sends otherwise, each of which is right by itself.

const SENT = 'what is sent is what each release has sent:';

test.each<[string, (right: PaymentProvider, api: Api) => PaymentProvider]>([
  [
    'the key of a charge has another form',
    (right) => ({
      charge: (request) => right.charge({ ...request, idempotencyKey: `v2:${request.idempotencyKey}` }),
      refund: (request) => right.refund({ ...request, chargeKey: `v2:${request.chargeKey}` }),
    }),
  ],
  [
    'the key of a refund has another form',
    (right) => ({
      ...right,
      refund: (request) => right.refund({ ...request, idempotencyKey: `v2:${request.idempotencyKey}` }),
    }),
  ],
  [
    'an amount is written otherwise',
    (_right, api) =>
      adapt({ ...api, charge: (request) => api.charge({ ...request, amount: `${request.amount}.0` }) }),
  ],
  [
    'an amount is written otherwise where it ends with a zero',
    (_right, api) =>
      adapt({
        ...api,
        charge: (request) =>
          api.charge({ ...request, amount: `${request.amount}`.replace(/0$/, (zero) => `${zero}.0`) }),
      }),
  ],
])('a change is found, in each currency, and by no other check: %s', async (_change, adapter) => {
  const failed: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    if (name.includes('aborted while in flight')) continue;
    await check(start(adapter)).catch(() => failed.push(name));
  }
  expect(failed).toEqual([`${SENT} KRW`, `${SENT} EUR`, `${SENT} KWD`]);
});

test('what is sent by a new provider is told, to be kept', async () => {
  await expect(checks[`${SENT} KRW`]?.({ ...start(), sent: {} })).rejects.toThrow(
    '`sent` has as `KRW`: [{"key":"charge:019a0c1e-5d00-7a3b-8f21-4c9d0e6b7a10","amount":"123"}',
  );
});
