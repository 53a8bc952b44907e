import type { z } from 'zod';
import type { variables } from '../config.ts';
import type { PaymentProvider } from './provider.ts';
import { createSimulatedProvider } from './simulated-provider.ts';

type Config = z.output<z.ZodObject<typeof variables>>;

/** The provider for each name that PAYMENT_PROVIDER may have; `random` returns 0 to below 1. */
export const providers: Readonly<
  Record<Config['PAYMENT_PROVIDER'], (config: Config, random: () => number) => PaymentProvider>
> = {
  simulated: (config, random) =>
    createSimulatedProvider({
      declineAbove: config.PAYMENT_DECLINE_ABOVE,
      delayMs: config.PAYMENT_DELAY_MS,
      failureRate: config.PAYMENT_FAILURE_RATE,
      unknownRate: config.PAYMENT_UNKNOWN_RATE,
      random,
    }),
};

/** The provider that the configuration names. */
export const createProvider = (config: Config, random: () => number): PaymentProvider =>
  providers[config.PAYMENT_PROVIDER](config, random);
