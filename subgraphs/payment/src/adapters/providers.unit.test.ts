import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providers } from './index.ts';
import { type ProviderUnderTest, providerContract } from './provider.contract.ts';

/** Every provider that PAYMENT_PROVIDER may name, as the contract is run with it. */
const underTest: Readonly<Record<keyof typeof providers, () => ProviderUnderTest>> = {
  simulated: () => ({
    variables: { PAYMENT_DECLINE_ABOVE: '100' },
    unresponsive: { PAYMENT_DELAY_MS: String(2 ** 31 - 1) },
    accepted: 100,
    declined: 101,
    moves: 'nothing',
  }),
};

for (const [name, open] of Object.entries(underTest)) providerContract(name, open);

test('each counts the moves of money but the simulated one, which moves none', () => {
  const uncounted = Object.entries(underTest).filter(([, open]) => open().moves === 'nothing');
  expect(uncounted.map(([name]) => name)).toEqual(['simulated']);
});

test('every NAME-provider.ts is registered in index.ts, and the contract is run with it here', () => {
  const adapters = globSync('*-provider.ts', { cwd: import.meta.dirname }).map((file) =>
    file.replace('-provider.ts', ''),
  );
  const registered = Object.keys(providers).toSorted();
  expect(registered, 'registered in index.ts').toEqual(adapters.toSorted());
  expect(Object.keys(underTest).toSorted()).toEqual(adapters.toSorted());
});
