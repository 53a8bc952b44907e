import { expect, test } from 'vitest';
import { createTestPipeline } from '../pipeline/pipeline.fixture.ts';
import { readingCost, weights } from './cost-of.ts';

/** The pipeline, and what a client is charged. */
function charging(options: { readonly costLimit?: number } = {}) {
  const charges: number[] = [];
  const budgets = {
    charge: async (_source: string, cost: number) => {
      charges.push(cost);
      return undefined;
    },
  };
  const charged = () => charges.splice(0);
  return { ...createTestPipeline({ budgets, ...options }), charged };
}

const aliases = (count: number, selection: string) =>
  Array.from({ length: count }, (_, index) => `a${index}: ${selection}`).join(' ');

test('what is planned is charged for each of its selections, as often as its fragments are spread', async () => {
  const { prepared, charged } = charging();
  const query = `{ ${aliases(10, 'flight(id: "1") { ...F }')} }
    fragment F on Flight { ... on Flight { ...G } next { ...G } } fragment G on Flight { id code }`;
  const { cost } = await prepared(query);
  // Of each flight: itself, F and what that selects, G and its two fields twice.
  const selections = 10 * (2 + 2 + 2 * 3);
  expect(charged()).toEqual([readingCost(query), selections * weights.selection, cost]);
  await prepared(query);
  expect(charged()).toEqual([cost]);
});

test('of several operations the one that is planned is charged', async () => {
  const { prepared, charged } = charging();
  const query = 'query A { paid } query B { flights { ...F } } fragment F on Flight { id code }';
  for (const operationName of ['A', 'B']) await prepared(query, { operationName });
  const [, ofA, , , ofB] = charged();
  expect([ofA, ofB]).toEqual([1 * weights.selection, 4 * weights.selection]);
});

test('a known document is charged again where it is planned again, under new conditions', async () => {
  const { prepared, charged } = charging();
  const query = 'query ($paid: Boolean!) { flights { id } paid @include(if: $paid) }';
  for (const paid of [true, false]) await prepared(query, { variables: { paid } });
  const planning = [readingCost(query), 3 * weights.selection];
  expect(charged()).toEqual([...planning, expect.any(Number), ...planning, expect.any(Number)]);
});

test('so is what turns out to cost too much once it is planned, each time, but not what is not valid', async () => {
  const { refused, charged, plans } = charging({ costLimit: 100 });
  const expensive = '{ flights { id } }';
  for (const _again of [1, 2]) await refused(expensive);
  expect(plans()).toBe(2);
  const planning = [readingCost(expensive), 2 * weights.selection];
  expect(charged()).toEqual([...planning, ...planning]);
  await refused('{ nothing }');
  expect(charged()).toEqual([readingCost('{ nothing }'), 0]);
});

test('of several who send the same, the first is charged for planning it, and whoever asks for its plan', async () => {
  const { prepared, charged } = charging();
  const query = '{ flights { id } }';
  const [{ cost }] = await Promise.all([prepared(query), prepared(query)]);
  const planning = 2 * weights.selection;
  expect(charged().toSorted()).toEqual(
    [readingCost(query), readingCost(query), planning, cost, 0, cost].toSorted(),
  );
  await prepared(query, { extensions: { plan: true } });
  expect(charged()).toEqual([readingCost(query), planning, expect.any(Number)]);
});
