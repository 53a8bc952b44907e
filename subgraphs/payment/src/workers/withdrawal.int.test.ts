import { until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { ProviderError } from '../adapters/provider.ts';
import { scriptedProvider } from '../adapters/scripted-provider.fixture.ts';
import { canceled, seatsHeld } from '../payment.fixture.ts';
import { openPayments } from './collector.fixture.ts';
import type { Collector } from './collector.ts';

describe('a collector', () => {
  test('withdraws a charge whose reservation is canceled while the provider is away, and has not taken it', async () => {
    const { store, status, published, collect } = openPayments();
    await store.handle({ consumer: 'payment', eventId: '1' }, seatsHeld());
    let isAway = true;
    const { provider, keys } = scriptedProvider((call) =>
      isAway ? call.fail(new ProviderError('UNAVAILABLE', 'away')) : call.reply(),
    );
    const collector = collect({ provider });
    collector.settle('r1', true);
    await until('it has been called twice', () => keys().length >= 2);
    await store.handle({ consumer: 'payment', eventId: '2' }, canceled);
    await until('it is withdrawn', async () => (await status()) === 'VOID');
    isAway = false;
    collector.settle('r1');
    await collector.close();
    expect(new Set(keys())).toEqual(new Set(['charge:r1']));
    expect(await status()).toBe('VOID');
    expect(await published()).toEqual([]);
  });

  test('withdraws a charge whose reservation is canceled before the first call', async () => {
    const { store, status, collect } = openPayments();
    await store.handle({ consumer: 'payment', eventId: '1' }, seatsHeld());
    await store.handle({ consumer: 'payment', eventId: '2' }, canceled);
    const { provider, keys } = scriptedProvider((call) => call.reply('PAID'));
    collect({ provider }).settle('r1', true);
    await until('it is withdrawn', async () => (await status()) === 'VOID');
    expect(keys()).toEqual([]);
  });

  test.each([
    ['one call has no known result', (collector: Collector) => collector.settle('r1', true)],
    // That process may have called.
    ['the process is gone that recorded the intent', (collector: Collector) => collector.settle('r1')],
  ])('charges and refunds a canceled reservation when %s', async (_when, begin) => {
    const { store, status, published, collect } = openPayments();
    await store.handle({ consumer: 'payment', eventId: '1' }, seatsHeld());
    let isAway = true;
    const { provider, keys } = scriptedProvider((call, times) => {
      if (isAway) call.fail(new ProviderError(times === 1 ? 'UNKNOWN' : 'UNAVAILABLE', 'away'));
      else call.reply();
    });
    begin(collect({ provider }));
    await until('it has been called twice', () => keys().length >= 2);
    await store.handle({ consumer: 'payment', eventId: '2' }, canceled);
    isAway = false;
    await until('it is refunded', async () => (await status()) === 'REFUNDED');
    expect(await published()).toEqual(['Paid', 'PaymentRefunded']);
  });
});
