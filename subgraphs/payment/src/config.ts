import { choice, envVar } from '@airline/service';

/** The variables of the payment service alone. */
export const variables = choice('PAYMENT_PROVIDER', {
  default: 'simulated',
  description: 'The payment provider: an adapter of `subgraphs/payment/src/adapters`.',
  of: {
    simulated: {
      PAYMENT_DECLINE_ABOVE: envVar
        .integer(0, Number.MAX_SAFE_INTEGER)
        .optional()
        .describe('The simulated provider declines charges above this amount; without it, none.'),
      PAYMENT_DELAY_MS: envVar.milliseconds
        .default(0)
        .describe('How long a call to the simulated provider takes.'),
      PAYMENT_FAILURE_RATE: envVar.rate
        .default(0)
        .describe('The rate of calls to the simulated provider that fail without effect.'),
      PAYMENT_UNKNOWN_RATE: envVar.rate
        .default(0)
        .describe('The rate of calls to the simulated provider that have their effect and fail.'),
    },
  },
});
