import { startNodeProcess } from '@airline/local/process';
import { services } from '@airline/schema/events';
import { freePort } from '@airline/testing';
import { expect, test } from 'vitest';
import { startEmbedded } from '../system.ts';
import { flood, type Sample } from './flood.ts';

const TEXTS = 200_000;
const A_DAY = 86_400_000;
const flooded = { texts: TEXTS, hostileEach: 50, samples: 40 };

/** The second half of the samples has no more than the first, but for what garbage is left at one moment. */
function expectFlat(samples: readonly Sample[]): void {
  const most = (some: readonly Sample[], of: (sample: Sample) => number) => Math.max(...some.map(of));
  const [first, second] = [samples.slice(0, samples.length / 2), samples.slice(samples.length / 2)];
  expect(most(second, ({ resident }) => resident)).toBeLessThan(
    most(first, ({ resident }) => resident) * 1.1,
  );
  expect(most(second, ({ heap }) => heap)).toBeLessThan(most(first, ({ heap }) => heap) * 1.15);
  for (const { hotHits } of samples) expect(hotHits).toBeGreaterThan(0.98);
}

test('200,000 different texts do not make `npm start` grow', { timeout: A_DAY }, async () => {
  await using system = await startEmbedded({ COST_PER_SECOND: '0' });
  expectFlat(await flood({ url: system.url, pid: system.processes.system?.pid, ...flooded }));
});

test('200,000 different texts do not make a router with 320 MB grow', { timeout: A_DAY }, async () => {
  const port = String(await freePort());
  // No subgraph is there: that takes the least of the time.
  const nowhere = services.map((name) => [`${name.toUpperCase()}_URL`, 'http://127.0.0.1:9/graphql']);
  const settings = { ROUTER_PORT: port, LOG_LEVEL: 'silent', COST_PER_SECOND: '0' };
  const env = { ...settings, ...Object.fromEntries(nowhere) };
  const ready = /https?:\/\/\S+\/graphql/;
  const router = await startNodeProcess('router/src/main.ts', env, ready, ['--max-old-space-size=320']);
  try {
    expectFlat(await flood({ url: `http://127.0.0.1:${port}/graphql`, pid: router.pid, ...flooded }));
  } finally {
    await router.stop();
  }
});
