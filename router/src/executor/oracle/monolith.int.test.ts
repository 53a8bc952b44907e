import { expect, test } from 'vitest';
import { chains } from './chains.fixture.ts';
import { buildGraph, type Graph } from './graph.fixture.ts';
import { runMonolith } from './monolith.fixture.ts';
import { randomGraph } from './random-graph.fixture.ts';

const RUNS = Number(process.env.ORACLE_RUNS ?? 20);

/** What the planner cannot plan, though it composes: what nests deeply, and chains of interface objects, by its own assertions. */
const UNPLANNED =
  /potentially an interface object type at runtime|would create a cycle|Cannot add fragment|We should have an edge|Invalid array length|in too many ways/;

const unknown = (refused: ReadonlyMap<string, number>) =>
  [...refused.keys()].filter((message) => !UNPLANNED.test(message));

test.each(Object.entries(chains))('the router answers with the truth over the %s graph', async (_, sdls) => {
  const { counterexample, answered, refused } = await runMonolith(buildGraph(sdls), {
    operations: 2 * RUNS,
    seed: 1,
  });
  expect(counterexample).toBeUndefined();
  expect(unknown(refused)).toEqual([]);
  expect(answered).toBeGreaterThan(RUNS / 2);
});

test('the router answers with the truth over random graphs', async () => {
  let answers = 0;
  let graphs = 0;
  for (let seed = 0; graphs < RUNS; seed++) {
    const graph = composed(seed);
    if (!graph) continue;
    graphs += 1;
    const { counterexample, answered, refused } = await runMonolith(graph, { operations: RUNS, seed });
    expect(counterexample, `random graph ${seed}`).toBeUndefined();
    expect(unknown(refused), `random graph ${seed}`).toEqual([]);
    answers += answered;
  }
  expect(answers).toBeGreaterThan((RUNS * RUNS) / 2);
}, 600_000);

function composed(seed: number): Graph | undefined {
  try {
    return buildGraph(randomGraph(seed));
  } catch (error) {
    if (error instanceof AggregateError) return undefined;
    throw error;
  }
}
