import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the ephemeral ports of outgoing connections, any of which could take a port between its choice and its use, or while
// its server is restarted. Above 10080, which browsers and fetch refuse.
const FIRST = 11_000;
const LAST = 32_000;

// A random start, so that two processes do not choose the same.
let next = randomInt(FIRST, LAST + 1);

/**
 * A free port of 127.0.0.1; this process gets no port twice before it has had all of them.
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
