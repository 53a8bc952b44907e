import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providers } from './index.ts';
import { type ProviderUnderTest, providerContract } from './provider.contract.ts';
import { createSimulatedProvider } from './simulated-provider.ts';

const simulated = { declineAbove: 100, delayMs: 0, failureRate: 0, unknownRate: 0, random: () => 0 };

/** Every provider that PAYMENT_PROVIDER may name, as the contract is run with it. */
const underTest: Readonly<Record<keyof typeof providers, () => ProviderUnderTest>> = {
  simulated: () => ({
    provider: createSimulatedProvider(simulated),
    unresponsive: createSimulatedProvider({ ...simulated, delayMs: 2 ** 31 - 1 }),
    accepted: 100,
    declined: 101,
    moves: 'nothing',
  }),
};

for (const [name, open] of Object.entries(underTest)) providerContract(name, open);

test('every adapter is registered, and the contract is run with it', () => {
  const adapters = globSync('*-provider.ts', { cwd: import.meta.dirname }).map((file) =>
    file.replace('-provider.ts', ''),
  );
  expect(Object.keys(providers).toSorted()).toEqual(adapters.toSorted());
  expect(Object.keys(underTest).toSorted()).toEqual(adapters.toSorted());
});
