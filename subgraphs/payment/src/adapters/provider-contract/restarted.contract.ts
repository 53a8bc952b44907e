import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { PaymentProvider, RefundRequest } from '../provider.ts';

/** What a thread is to call. */
export interface Asked {
  /** The URL of a module that exports `createProvider`, as index.ts does. */
  readonly from: string;
  readonly config: object;
  readonly call: keyof PaymentProvider;
  /** Without its signal, which does not pass between threads. */
  readonly request: Omit<RefundRequest, 'signal' | 'chargeKey'>;
}

/**
 * The provider as another process has it: each call is made by a thread of its own, which loads all modules anew, so that it
 * knows nothing of what this one keeps in memory, wherever that is.
 */
export function restarted(from: string, config: object): PaymentProvider {
  async function ask(call: Asked['call'], request: Asked['request']) {
    const workerData: Asked = { from, config, call, request };
    const thread = new Worker(new URL('./thread.contract.ts', import.meta.url), { workerData });
    // The code with which it exits is no outcome.
    const [outcome] = await Promise.race([once(thread, 'message'), once(thread, 'exit')]);
    await thread.terminate();
    return outcome;
  }
  return {
    charge: ({ signal: _, ...request }) => ask('charge', request),
    refund: ({ signal: _, ...request }) => ask('refund', request),
  };
}
