import type { PaymentProvider, ProviderRequest } from './provider.ts';

type Answer = 'PAID' | 'DECLINED';

/** One call, which waits until the test answers it. */
export interface Call extends ProviderRequest {
  answer(answer?: Answer): void;
  fail(error: Error): void;
}

/** A provider that does what the test says, and remembers what it was asked. */
export function scriptedProvider(script?: (call: Call, times: number) => void) {
  const calls: Call[] = [];
  const open = new Map<string, number>();
  let most = 0;

  async function ask(request: ProviderRequest): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const call: Call = { ...request, answer: (answer = 'PAID') => resolve(answer), fail: reject };
    calls.push(call);
    const { idempotencyKey: key } = request;
    open.set(key, (open.get(key) ?? 0) + 1);
    most = Math.max(most, open.size);
    script?.(call, calls.filter((other) => other.idempotencyKey === key).length);
    try {
      if ((open.get(key) ?? 0) > 1) throw new Error(`${key} was asked for while it was under way.`);
      return await promise;
    } finally {
      open.delete(key);
    }
  }

  const provider: PaymentProvider = {
    charge: ask,
    refund: async (request) => {
      await ask(request);
    },
  };
  return {
    provider,
    calls: calls as readonly Call[],
    /** The keys of all calls, in order. */
    keys: () => calls.map(({ idempotencyKey }) => idempotencyKey),
    /** How many calls are under way. */
    open: () => open.size,
    /** How many were under way at once at most. */
    most: () => most,
  };
}
