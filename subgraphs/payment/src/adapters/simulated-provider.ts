import { setTimeout as wait } from 'node:timers/promises';
import { type PaymentProvider, ProviderError, type ProviderRequest } from './provider.ts';

export interface SimulatedProviderOptions {
  /** Charges above this are declined; undefined declines none. */
  readonly declineAbove: number | undefined;
  /** How long a call takes. */
  readonly delayMs: number;
  /** The rate of calls that fail before they have an effect, 0 to 1. */
  readonly failureRate: number;
  /** The rate of calls that have their effect and fail, 0 to 1. */
  readonly unknownRate: number;
  readonly random: () => number;
}

/**
 * Simulates a payment provider. Whether a charge is declined follows from its amount alone, so a repeated key has the same
 * outcome without memory.
 */
export function createSimulatedProvider(options: SimulatedProviderOptions): PaymentProvider {
  const { declineAbove, delayMs, failureRate, unknownRate, random } = options;

  async function call({ signal }: ProviderRequest): Promise<void> {
    signal.throwIfAborted();
    if (delayMs > 0) await wait(delayMs, undefined, { signal });
    const chance = random();
    if (chance < failureRate) throw new ProviderError('UNAVAILABLE', 'The payment provider is unavailable.');
    if (chance < failureRate + unknownRate) {
      throw new ProviderError('UNKNOWN', 'The payment provider accepted the request and returned no result.');
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
