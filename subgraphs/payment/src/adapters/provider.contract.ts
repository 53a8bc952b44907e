import { describe, expect, test } from 'vitest';
import { subgraph } from '../main.ts';
import { createProvider } from './index.ts';
import type { PaymentProvider } from './provider.ts';

type Variables = Readonly<Record<string, string>>;

export interface ProviderUnderTest {
  /** Its environment variables, beside PAYMENT_PROVIDER. */
  readonly variables: Variables;
  /** The same where its provider does not respond. */
  readonly unresponsive: Variables;
  /** An amount that it accepts, and one that it declines. */
  readonly accepted: number;
  readonly declined: number;
  /** How often money has moved under a key, by the provider's own books; `nothing` for the simulated one, which moves none. */
  readonly moves: ((idempotencyKey: string) => number | Promise<number>) | 'nothing';
}

/**
 * The contract of payment providers. Each is made as the service makes it, from its name and its variables, and run against a
 * stand-in for its provider, or the provider's sandbox.
 */
export function providerContract(name: string, start: () => ProviderUnderTest): void {
  const made = (variables: Variables): PaymentProvider =>
    createProvider(subgraph.readConfig({ PAYMENT_PROVIDER: name, ...variables }), () => 0);
  const open = () => {
    const { variables, unresponsive, ...underTest } = start();
    return { ...underTest, provider: made(variables), unresponsive: made(unresponsive) };
  };
  const request = (idempotencyKey: string, amount: number) => ({
    idempotencyKey,
    amount,
    currency: 'KRW',
    signal: AbortSignal.timeout(10_000),
  });

  describe(`the payment provider ${name}`, () => {
    test('a charge has the same outcome under the same key, in sequence and in parallel', async () => {
      const { provider, accepted, moves } = open();
      const charge = () => provider.charge(request('charge:r1', accepted));
      expect(await charge()).toBe('PAID');
      expect(await Promise.all([charge(), charge()])).toEqual(['PAID', 'PAID']);
      if (moves !== 'nothing') expect(await moves('charge:r1')).toBe(1);
    });

    test('a declined charge is an outcome, not an error, and stays declined', async () => {
      const { provider, declined } = open();
      const charge = () => provider.charge(request('charge:r1', declined));
      expect([await charge(), await charge()]).toEqual(['DECLINED', 'DECLINED']);
    });

    test('a refund can be repeated under its key', async () => {
      const { provider, accepted, moves } = open();
      await provider.charge(request('charge:r1', accepted));
      const refund = () => provider.refund(request('refund:r1', accepted));
      expect([await refund(), await refund()]).toEqual([undefined, undefined]);
      if (moves !== 'nothing') expect(await moves('refund:r1')).toBe(1);
    });

    test('an aborted call rejects, so that it is retried under its key', async () => {
      const { provider, accepted } = open();
      const aborted = { ...request('charge:r1', accepted), signal: AbortSignal.abort() };
      await expect(provider.charge(aborted)).rejects.toThrow();
      await expect(provider.refund(aborted)).rejects.toThrow();
    });

    test.each(['charge', 'refund'] as const)('a %s that is aborted while in flight rejects', async (call) => {
      const aborting = new AbortController();
      const { unresponsive, accepted } = open();
      const calling = unresponsive[call]({ ...request('charge:r1', accepted), signal: aborting.signal });
      aborting.abort();
      await expect(calling).rejects.toThrow();
    });
  });
}
