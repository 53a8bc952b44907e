import type { FetchNode, PlanNode } from '@apollo/query-planner';
import { expect, test } from 'vitest';
import { planSteps } from './plan-steps.ts';

const fetch = (operation: string, requires = false, serviceName = operation.slice(0, 1)): FetchNode => ({
  kind: 'Fetch',
  serviceName,
  operation,
  operationName: undefined,
  operationKind: 'query' as FetchNode['operationKind'],
  ...(requires && { requires: [] }),
});
const at = (path: string, node: PlanNode): PlanNode => ({ kind: 'Flatten', path: path.split('.'), node });
const sequence = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Sequence', nodes });
const parallel = (...nodes: PlanNode[]): PlanNode => ({ kind: 'Parallel', nodes });
const stepsOf = (node: PlanNode) =>
  planSteps(node).map(({ fetches, after }) => [
    fetches.map(({ node: { operation }, path }) => [operation, ...path].join(' ')),
    after,
  ]);

test('fetches of entities at one level are one step for each subgraph, root fetches one each', () => {
  const plan = sequence(
    parallel(fetch('a1'), fetch('a2')),
    parallel(at('x', fetch('b1', true)), at('y.@', fetch('b2', true)), at('z', fetch('c1', true))),
  );
  expect(stepsOf(plan)).toEqual([
    [['a1'], []],
    [['a2'], []],
    [
      ['b1 x', 'b2 y @'],
      [0, 1],
    ],
    [['c1 z'], [0, 1]],
  ]);
});

test('branches wait for what stands before them in their own sequence alone', () => {
  const plan = parallel(
    sequence(fetch('a1'), at('x', fetch('b1', true)), at('x', fetch('d1', true))),
    sequence(fetch('c1'), at('y', fetch('e1', true))),
  );
  expect(stepsOf(plan)).toEqual([
    [['a1'], []],
    [['b1 x'], [0]],
    [['d1 x'], [1]],
    [['c1'], []],
    [['e1 y'], [3]],
  ]);
});

test('paths of nested flattens are joined', () => {
  expect(stepsOf(sequence(fetch('a'), at('x', sequence(at('y', fetch('b', true))))))).toEqual([
    [['a'], []],
    [['b x y'], [0]],
  ]);
});

test('mutations wait for all that stands before', () => {
  const plan = sequence(
    fetch('a1'),
    at('x', fetch('b1', true)),
    fetch('a2'),
    at('y', fetch('b2', true)),
    fetch('a3'),
  );
  expect(stepsOf(plan).map(([, after]) => after)).toEqual([[], [0], [1], [2], [3]]);
});
