import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openSocket, openStream, SUBSCRIBE, startLiveRouter } from './live-router.fixture.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const ROUNDS = 500;

/** What a router that kept 1 KB of each round would exceed, with room for the noise of the heap. */
const BYTES_A_ROUND = 512;

function heap(): number {
  for (let i = 0; i < 4; i += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** Does all rounds; returns by how many bytes each round of the second half made the heap grow. */
async function growth(
  rounds: number,
  round: (number: number) => Promise<void>,
  settled: () => Promise<void>,
): Promise<number> {
  const half = rounds / 2;
  for (let number = 0; number < half; number += 1) await round(number);
  await settled();
  const before = heap();
  for (let number = half; number < rounds; number += 1) await round(number);
  await settled();
  return (heap() - before) / half;
}

const resources = () => process.getActiveResourcesInfo().sort();

/** What is open now and was not before. */
function added(before: readonly string[]): string[] {
  const known = [...before];
  return resources().filter((name) => {
    const index = known.indexOf(name);
    if (index >= 0) known.splice(index, 1);
    return index < 0;
  });
}

async function start() {
  const warnings: Error[] = [];
  const warn = (warning: Error) => void warnings.push(warning);
  process.on('warning', warn);
  onTestFinished(() => void process.off('warning', warn));
  const router = await startLiveRouter({}, { remembers: false });
  const { stub } = router;
  const { url } = router.router;

  const rounds = {
    'by WebSocket': async () => {
      const { socket, send, next } = await openSocket(url);
      const event = next('next');
      send({ type: 'subscribe', id: '1', payload: { query: SUBSCRIBE } });
      await event;
      const closed = once(socket, 'close');
      socket.terminate();
      await closed;
    },
    'by server-sent events': async () => {
      const stream = await openStream(`${url}/stream`, 'text/event-stream');
      stream.destroy();
      await once(stream, 'close');
    },
    'by multipart': async () => {
      const stream = await openStream(url, 'multipart/mixed;subscriptionSpec=1.0');
      stream.destroy();
      await once(stream, 'close');
    },
  };

  return {
    url,
    rounds,
    /** Everybody has left, and nothing is open that was not before. */
    settled: (before: readonly string[]) => async () => {
      await until('no upstream is left', () => stub.upstreams().length === 0);
      await until('no other resource is left', () => {
        const [first, ...more] = added(before);
        if (first === undefined) return true;
        throw new Error(`There are ${[first, ...more].join(', ')}.`);
      });
      expect(warnings).toEqual([]);
    },
    lines: router.lines,
  };
}

describe('nothing is left', () => {
  test('of thousands of subscriptions on one socket', async () => {
    const { url, rounds, settled, lines } = await start();
    const { socket, send, next } = await openSocket(url);
    onTestFinished(() => socket.terminate());
    await rounds['by WebSocket']();
    const round = async (number: number) => {
      const event = next('next');
      send({ type: 'subscribe', id: String(number), payload: { query: SUBSCRIBE } });
      await event;
      send({ type: 'complete', id: String(number) });
    };
    const bytes = await growth(2_000, round, settled(await steady()));
    expect(bytes).toBeLessThan(BYTES_A_ROUND);
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  test.each([
    ['by WebSocket', ROUNDS],
    ['by server-sent events', ROUNDS],
    ['by multipart', ROUNDS],
  ] as const)('of clients that came and went %s', async (how, count) => {
    const { rounds, settled, lines } = await start();
    await rounds[how]();
    const bytes = await growth(count, rounds[how], settled(await steady()));
    expect(bytes).toBeLessThan(BYTES_A_ROUND);
    expect(lines.filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
  });

  test('and a kilobyte that was left of each of them would be noticed', async () => {
    const { rounds, settled } = await start();
    await rounds['by WebSocket']();
    const kept: number[][] = [];
    const round = async () => {
      await rounds['by WebSocket']();
      kept.push(Array.from({ length: 128 }, (_, i) => i + 0.5));
    };
    expect(await growth(ROUNDS, round, settled(await steady()))).toBeGreaterThan(BYTES_A_ROUND);
    expect(kept).toHaveLength(ROUNDS);
  });
});

/** What is open when nothing has changed for a while. */
async function steady(): Promise<string[]> {
  let last = '';
  let times = 0;
  await until('nothing changes any more', () => {
    const now = resources().join();
    times = now === last ? times + 1 : 0;
    last = now;
    return times > 20;
  });
  return resources();
}
