import { type Env, envVar, readServiceConfig, type ServiceConfig } from '@airline/service';
import type { SimulatedProviderOptions } from './adapters/simulated-provider.ts';

export interface PaymentConfig extends ServiceConfig {
  readonly provider: Omit<SimulatedProviderOptions, 'random'>;
}

export function readConfig(env: Env = process.env): PaymentConfig {
  const extra = {
    PAYMENT_DECLINE_ABOVE: envVar.integer(0, Number.MAX_SAFE_INTEGER).optional(),
    PAYMENT_DELAY_MS: envVar.milliseconds.default(0),
    PAYMENT_FAILURE_RATE: envVar.rate.default(0),
    PAYMENT_UNKNOWN_RATE: envVar.rate.default(0),
  };
  const config = readServiceConfig('payment', extra, env);
  return {
    ...config,
    provider: {
      declineAbove: config.PAYMENT_DECLINE_ABOVE,
      delayMs: config.PAYMENT_DELAY_MS,
      failureRate: config.PAYMENT_FAILURE_RATE,
      unknownRate: config.PAYMENT_UNKNOWN_RATE,
    },
  };
}
