import { expect, test } from 'vitest';
import { startEmbedded } from '../system.ts';
import { flood } from './flood.ts';

// Its long form: memory.long.test.ts.
test('`npm start` serves on while clients send ever different texts, some near all limits', async () => {
  await using system = await startEmbedded({ COST_PER_SECOND: '0' });
  const { pid } = system.processes.system ?? {};
  const samples = await flood({ url: system.url, pid, texts: 1_200, hostileEach: 3, samples: 4 });
  for (const { documentsWeigh, hotHits } of samples) {
    expect(documentsWeigh).toBeLessThanOrEqual(43);
    expect(hotHits).toBeGreaterThan(0.98);
  }
  expect(samples.at(-1)?.documents).toBeLessThan(1_200);
});
