import { expect, test } from 'vitest';
import { ProviderError } from './provider.ts';
import { createSimulatedProvider } from './simulated-provider.ts';

const quiet = { declineAbove: 100, delayMs: 0, failureRate: 0, unknownRate: 0, random: () => 0 };
const request = {
  idempotencyKey: 'charge:r1',
  amount: 1,
  currency: 'KRW',
  signal: AbortSignal.timeout(10_000),
};

test.each([
  ['UNAVAILABLE', 0.1],
  ['UNKNOWN', 0.25],
])('a share of its calls fails as %s', async (code, chance) => {
  const provider = createSimulatedProvider({
    ...quiet,
    failureRate: 0.2,
    unknownRate: 0.1,
    random: () => chance,
  });
  await expect(provider.charge(request)).rejects.toThrow(ProviderError);
  await expect(provider.refund({ ...request, chargeKey: 'charge:r1' })).rejects.toMatchObject({ code });
});
