import { onTestFinished } from 'vitest';
import { authorizationOf, trusted } from '../pipeline/tokens.fixture.ts';
import { startLiveRouter } from '../subscriptions/live-router.fixture.ts';
import { UNLIMITED } from './unlimited.fixture.ts';

export const OPERATOR = { authorization: await authorizationOf('pat', ['operator']) };
/** The defaults, but for what one client may run: fewer than the connections to a subgraph. */
const limited = {
  operations: { clientInFlight: 64, clientShare: 64, inFlight: 256, queue: 1_024 },
  connections: { perClient: 1_000, inAll: 10_000 },
};
export const unlimited = { operations: UNLIMITED, connections: { perClient: 1e6, inAll: 1e6 } };

/** A router behind a proxy, whose bookings end when the test says so. */
export async function startHeld(overrides?: Parameters<typeof startLiveRouter>[0]) {
  const held = Promise.withResolvers<void>();
  let running = 0;
  let most = 0;
  const router = await startLiveRouter(
    {
      clientAddress: { header: 'x-forwarded-for' },
      jwt: trusted,
      admission: limited,
      subscriptionLimits: { perConnection: 1e6, perClient: 1_000, costPerClient: 0, inAll: 1e6 },
      ...overrides,
    },
    {
      respond: async () => {
        running += 1;
        most = Math.max(most, running);
        await held.promise;
        running -= 1;
        return { data: { book: 1 } };
      },
      subscribed: () => {},
    },
  );
  const { url } = router.router;
  const ask = async (headers: Record<string, string> = {}, query = 'mutation { book }') => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '192.0.2.1', ...headers },
      body: JSON.stringify({ query }),
    });
    const body = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    const { status } = response;
    return {
      status,
      retryAfter: response.headers.get('retry-after'),
      code: body.errors?.[0]?.extensions.code,
    };
  };
  const health = async () => (await fetch(new URL('/health/ready', url))).status;
  onTestFinished(() => held.resolve());
  return {
    url,
    port: Number(new URL(url).port),
    ask,
    health,
    release: () => held.resolve(),
    running: () => running,
    most: () => most,
  };
}

export type HeldRouter = Awaited<ReturnType<typeof startHeld>>;
