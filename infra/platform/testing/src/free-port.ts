import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ephemeral ports of outgoing connections, any of which could take a port between its choice and its use, or while
// its server is restarted. Above 10080, which browsers and fetch refuse.
const LOWEST = 11_000;
const PARTS = 7;
const PART = 3_000;

// Vitest's workers that run at a time, numbered from 1, each have a part of their own: a port is taken seconds after it is chosen.
// The first part is of all other processes, which each begin somewhere.
const FIRST = LOWEST + PART * (Number(process.env.VITEST_POOL_ID ?? 0) % PARTS);
const LAST = FIRST + PART - 1;
let next = randomInt(FIRST, LAST + 1);

/**
 * A free port of 127.0.0.1; this process gets no port twice before it has had all of its part.
 *
 * @throws Error when all are in use
 */
export async function freePort(): Promise<number> {
  for (let tried = FIRST; tried <= LAST; tried += 1) {
    const port = next;
    next = port === LAST ? FIRST : port + 1;
    if (await isFree(port)) return port;
  }
  throw new Error(`No port of 127.0.0.1 from ${FIRST} to ${LAST} is free.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
