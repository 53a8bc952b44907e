import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type Attacker, forever, type Target } from './target.ts';

const CONNECTS_AT_ONCE = 50;
const LOOK = { query: '{ flights(first: 10) { nodes { id flightCode remainingSeatsCount } } }' };
const EVENTS = { query: 'subscription { reservationUpdated { id status } }' };
const STREAM = 'text/event-stream';
const MULTIPART = 'multipart/mixed;subscriptionSpec=1.0';

const ROW = 'nodes { id customerId flightId seatQty reserveDate status cancelReason placedAt updatedAt }';
/** Half a megabyte where there are reservations. */
const LARGE = {
  query: `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: reservations(first: 100) { ${ROW} }`).join(' ')} }`,
};

const STATUS = /HTTP\/1\.1 (\d{3})/g;
const STATUS_LENGTH = 'HTTP/1.1 200'.length;

/** Notes the responses that come on a connection. @returns how many have come */
function read(target: Target, socket: Socket): () => number {
  let responses = 0;
  let rest = '';
  socket.setEncoding('latin1').on('data', (more: string) => {
    const text = rest + more;
    for (const [, status = ''] of text.matchAll(STATUS)) {
      responses += 1;
      target.note(status);
    }
    rest = text.slice(1 - STATUS_LENGTH);
  });
  return () => responses;
}

/** Keeps as many connections open; where one closes, another is opened. */
async function hold(target: Target, count: number, use: (socket: Socket) => void): Promise<void> {
  let opening = 0;
  await forever(target, count, async () => {
    while (opening >= CONNECTS_AT_ONCE) await wait(10);
    opening += 1;
    const socket = await target.connect().finally(() => {
      opening -= 1;
    });
    target.note('opened');
    use(socket);
    if (!socket.destroyed) await once(socket, 'close');
    target.note('closed');
  });
}

/** Sends as many requests at once on each connection, and leaves it once it has the responses. */
async function pipeline(target: Target, count: { readonly connections: number; readonly requests: number }) {
  const bytes = target.request(LOOK).repeat(count.requests);
  await forever(target, count.connections, async () => {
    const socket = await target.connect();
    const responses = read(target, socket);
    socket.write(bytes);
    while (!socket.destroyed && responses() < count.requests) await wait(10);
    if (socket.destroyed) target.note('closed');
    socket.destroy();
  });
}

/** Sends the beginning of a request, and then a byte a second. */
function trickle(target: Target, socket: Socket, begun: number): void {
  read(target, socket);
  const text = target.request(LOOK);
  let sent = begun;
  socket.write(text.slice(0, begun));
  const timer = setInterval(() => {
    socket.write(text.charAt(sent));
    sent += 1;
  }, 1_000);
  socket.once('close', () => clearInterval(timer));
}

/** Attacks by connections, and by how they are read and written. */
export const connections: readonly Attacker[] = [
  {
    name: 'pipelined',
    gets: 'closed',
    run: (target) => pipeline(target, { connections: 1, requests: 20_000 }),
  },
  {
    name: 'pipelines',
    gets: '200',
    run: (target) => pipeline(target, { connections: 50, requests: 32 }),
  },
  {
    name: 'event-streams',
    gets: '200',
    run: (target) =>
      hold(target, 1_500, (socket) => {
        read(target, socket);
        socket.write(target.request(EVENTS, STREAM));
        // One that is refused stays open, and is of no use.
        socket.on('data', (text) => {
          if (String(text).includes('"errors"')) socket.destroy();
        });
      }),
  },
  {
    name: 'aborted-streams',
    gets: 'aborted',
    run: (target) =>
      forever(target, 50, async (n) => {
        const socket = await target.connect();
        socket.write(target.request(EVENTS, n % 2 === 0 ? STREAM : MULTIPART));
        // Some leave before there is a response, some with it.
        if (n % 3 > 0) await Promise.race([once(socket, 'data'), once(socket, 'close')]);
        socket.destroy();
        target.note('aborted');
      }),
  },
  {
    name: 'slow-readers',
    gets: 'opened',
    run: (target) =>
      hold(target, 200, (socket) => {
        socket.pause();
        socket.write(target.request(LARGE).repeat(2));
      }),
  },
  {
    name: 'slow-headers',
    gets: 'opened',
    run: (target) => hold(target, 300, (socket) => trickle(target, socket, 1)),
  },
  {
    name: 'slow-bodies',
    gets: 'opened',
    run: (target) =>
      hold(target, 300, (socket) => trickle(target, socket, target.request(LOOK).indexOf('{') + 1)),
  },
  {
    name: 'idle',
    gets: 'opened',
    run: (target) => hold(target, 1_500, (socket) => void socket.resume()),
  },
];
