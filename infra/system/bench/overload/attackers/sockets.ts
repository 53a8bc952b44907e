import { setTimeout as wait } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { type Attacker, forever, type Target } from './target.ts';

const LOOK = 'query ($id: ID!) { reservation(id: $id) { id status payment { status } } }';
const INFO = `subscription ($id: ID) {
  customerInfoUpdated(customerId: $id) { flightCount customer { reservations(first: 20) { nodes { id } } } }
}`;
const RESERVATIONS =
  'subscription ($id: ID) { reservationUpdated(customerId: $id) { id flight { flightCode } } }';
/** The first event of all. */
const OLDEST = '1-0';

/** How long subscriptions stay, so that events come. */
const STAY_MS = 1_000;

type Payload = Readonly<Record<string, unknown>>;

/** Sends as many operations at once; `over` resolves when all have ended, or the socket has closed. */
function begin(target: Target, socket: WebSocket, count: number, payload: (index: number) => Payload) {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let open = count;
  socket.on('close', () => resolve());
  socket.on('message', (data) => {
    // What the router sends is of the protocol.
    const { type, payload } = JSON.parse(String(data)) as Message;
    target.note(type === 'error' ? (payload?.[0]?.extensions.code ?? type) : type);
    if (type === 'complete' || type === 'error') open -= 1;
    if (open === 0) resolve();
  });
  for (let id = 0; id < count; id += 1) {
    socket.send(JSON.stringify({ id: `${id}`, type: 'subscribe', payload: payload(id) }));
  }
  return { over };
}

interface Message {
  readonly type: string;
  readonly payload?: readonly { readonly extensions: { readonly code: string } }[];
}

/** Opens a socket, begins what is said, and leaves without a word. */
async function visit(target: Target, count: number, payload: (index: number) => Payload): Promise<void> {
  const socket = await target.openSocket();
  const { over } = begin(target, socket, count, payload);
  await Promise.race([over, wait(STAY_MS)]);
  socket.terminate();
}

/** Attacks by WebSocket. */
export const sockets: readonly Attacker[] = [
  {
    name: 'ws-operations',
    gets: 'complete',
    run: (target) =>
      forever(target, 1, async (n) => {
        const socket = await target.openSocket();
        const payload = (id: number) => ({ query: LOOK, variables: { id: `${n}-${id}` } });
        await begin(target, socket, 3_000, payload).over;
        socket.terminate();
      }),
  },
  {
    name: 'ws-subscriptions',
    gets: 'SUBSCRIPTION_LIMIT_EXCEEDED',
    run: (target) =>
      forever(target, 1, () =>
        visit(target, 1_000, (id) => ({ query: INFO, variables: { id: `customer-${id}` } })),
      ),
  },
  {
    name: 'replays',
    gets: 'next',
    run: (target) =>
      forever(target, 4, (n) =>
        visit(target, 25, (id) => ({
          query: RESERVATIONS,
          variables: { id: `customer-${(n * 25 + id) % 500}` },
          extensions: { cursor: OLDEST },
        })),
      ),
  },
];
