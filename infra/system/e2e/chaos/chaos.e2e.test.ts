import { requires } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { runChaos } from './run.ts';

// A short form of `npm run chaos`. CHAOS_SECONDS makes it longer, CHAOS_SEED another one (even: behind Sentinels; divided by three: on SQLite).

const SEED = Number(process.env.CHAOS_SEED ?? 104);
const seconds = Number(process.env.CHAOS_SECONDS ?? 8);

describe('whatever breaks, in whatever order', requires('redis-server', 'postgres').options, () => {
  test(
    'nothing is oversold, lost or done twice',
    async () => {
      const { faults, placed } = await runChaos({ seed: SEED, seconds, replicas: 2 });
      expect(faults).toBeGreaterThan(0);
      expect(placed).toBeGreaterThan(0);
    },
    (seconds + 180) * 1000,
  );
});
