import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { providers } from './index.ts';
import { faults, type ProviderUnderTest, providerContract } from './provider.contract.ts';

/** Every provider that PAYMENT_PROVIDER may name, as the contract is run with it. */
const underTest: Readonly<
  Record<keyof typeof providers, () => ProviderUnderTest | Promise<ProviderUnderTest>>
> = {
  simulated: () => ({
    variables: { PAYMENT_DECLINE_ABOVE: '12345678' },
    faulty: (fault) => {
      if (fault === 'unresponsive') return { PAYMENT_DELAY_MS: String(2 ** 31 - 1) };
      return faults[fault].isDone ? { PAYMENT_UNKNOWN_RATE: '1' } : { PAYMENT_FAILURE_RATE: '1' };
    },
    accepted: 123,
    declined: 12_345_679,
    books: 'none',
    attempts: () => 0,
    sent: {},
    secrets: [],
  }),
};

for (const [name, open] of Object.entries(underTest)) providerContract(name, open);

test('each has books but the simulated one, which moves no money', async () => {
  const started = Object.entries(underTest).map(
    async ([name, start]) => [name, (await start()).books] as const,
  );
  const without = (await Promise.all(started)).filter(([, books]) => books === 'none');
  expect(without.map(([name]) => name)).toEqual(['simulated']);
});

test('every NAME-provider.ts is registered in index.ts, and the contract is run with it here', () => {
  const adapters = globSync('*-provider.ts', { cwd: import.meta.dirname }).map((file) =>
    file.replace('-provider.ts', ''),
  );
  const registered = Object.keys(providers).toSorted();
  expect(registered, 'registered in index.ts').toEqual(adapters.toSorted());
  expect(Object.keys(underTest).toSorted()).toEqual(adapters.toSorted());
});
