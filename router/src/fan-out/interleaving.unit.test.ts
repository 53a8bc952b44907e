import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { steps, violationsOf } from './interleaving.fixture.ts';
import type { Fault } from './log.fixture.ts';

const RUNS = { numRuns: 300, seed: 20_241_121 };

describe('whatever the order of events, joins, leaves, slow readers, dropped connections and new supergraphs', () => {
  for (const hasState of [true, false]) {
    test(`a member sees an unbroken run or ends with an error, ${hasState ? 'with' : 'without'} a state`, async () => {
      await fc.assert(
        fc.asyncProperty(steps, async (todo) => {
          expect(await violationsOf(todo, hasState)).toEqual([]);
        }),
        RUNS,
      );
    });
  }

  const faults: Fault[] = ['ignores cursors', 'sends no state again', 'sends an older state again'];
  test.each(faults)('(control) a subgraph that %s is found out', async (fault) => {
    const found = fc.check(
      fc.asyncProperty(steps, async (todo) => (await violationsOf(todo, true, fault)).length === 0),
      RUNS,
    );
    expect((await found).failed).toBe(true);
  });
});
