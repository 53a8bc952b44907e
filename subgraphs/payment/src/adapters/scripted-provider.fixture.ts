import type { PaymentProvider, ProviderRequest } from './provider.ts';

type Outcome = 'PAID' | 'DECLINED';

/** One call, pending until the test settles it. */
export interface Call extends ProviderRequest {
  reply(outcome?: Outcome): void;
  fail(error: Error): void;
}

/** A provider whose calls the test settles, and which records them. */
export function scriptedProvider(script?: (call: Call, times: number) => void) {
  const calls: Call[] = [];
  const open = new Map<string, number>();
  let most = 0;

  async function call(request: ProviderRequest): Promise<Outcome> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
    const pending: Call = { ...request, reply: (outcome = 'PAID') => resolve(outcome), fail: reject };
    calls.push(pending);
    const { idempotencyKey: key } = request;
    open.set(key, (open.get(key) ?? 0) + 1);
    most = Math.max(most, open.size);
    script?.(pending, calls.filter((other) => other.idempotencyKey === key).length);
    try {
      if ((open.get(key) ?? 0) > 1) throw new Error(`${key} was called while in flight.`);
      return await promise;
    } finally {
      open.delete(key);
    }
  }

  const provider: PaymentProvider = {
    charge: call,
    refund: async (request) => {
      await call(request);
    },
  };
  return {
    provider,
    calls: calls as readonly Call[],
    /** The keys of all calls, in order. */
    keys: () => calls.map(({ idempotencyKey }) => idempotencyKey),
    /** The number of calls in flight. */
    open: () => open.size,
    /** The maximum number of calls in flight. */
    most: () => most,
  };
}
