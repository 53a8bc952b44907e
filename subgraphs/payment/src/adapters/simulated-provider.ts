import { setTimeout as wait } from 'node:timers/promises';
import { type PaymentProvider, ProviderError, type ProviderRequest } from './provider.ts';

export interface SimulatedProviderOptions {
  /** Charges above this are declined; undefined declines none. */
  readonly declineAbove: number | undefined;
  /** How long an answer takes. */
  readonly delayMs: number;
  /** The share of calls that fail before anything was done, 0 to 1. */
  readonly failureRate: number;
  /** The share of calls that are carried out without an answer, 0 to 1. */
  readonly unknownRate: number;
  readonly random: () => number;
}

/**
 * Stands in for a payment provider. Whether a charge is declined follows from its amount alone, so it needs no
 * memory to answer the same key the same way.
 */
export function createSimulatedProvider(options: SimulatedProviderOptions): PaymentProvider {
  const { declineAbove, delayMs, failureRate, unknownRate, random } = options;

  async function call({ signal }: ProviderRequest): Promise<void> {
    signal.throwIfAborted();
    if (delayMs > 0) await wait(delayMs, undefined, { signal });
    const chance = random();
    if (chance < failureRate) throw new ProviderError('UNAVAILABLE', 'The payment provider is unavailable.');
    if (chance < failureRate + unknownRate) {
      throw new ProviderError('UNKNOWN', 'The payment provider took the request and gave no answer.');
    }
  }

  return {
    charge: async (request) => {
      await call(request);
      return declineAbove !== undefined && request.amount > declineAbove ? 'DECLINED' : 'PAID';
    },
    refund: call,
  };
}
