import { requires } from '@airline/testing';
import { describe, expect, it } from 'vitest';
import { runChaos } from './run.ts';

// A short form of `npm run chaos`: both ways of running Redis. CHAOS_SECONDS makes it longer.

const seconds = Number(process.env.CHAOS_SECONDS ?? 8);

describe('whatever breaks, in whatever order', requires('redis-server', 'postgres').options, () => {
  it.each([101, 102])(
    'nothing is oversold, lost or done twice (seed %d)',
    async (seed) => {
      const { faults, placed } = await runChaos({ seed, seconds, replicas: 2 });
      expect(faults).toBeGreaterThan(0);
      expect(placed).toBeGreaterThan(0);
    },
    (seconds + 180) * 1000,
  );
});
