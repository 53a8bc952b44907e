import { GraphQLError } from 'graphql';
import { describe, expect, test } from 'vitest';
import { createTestPipeline } from './pipeline.fixture.ts';

describe('of a document that may not run nothing is kept:', () => {
  test.each([
    ['it is not valid', '{ nothing }', {}],
    ['its variables are wrong', 'query ($id: ID!) { flight(id: $id) { id } }', {}],
    [
      'it is no query where only one is safe',
      'mutation { rename(id: 1, code: "a") { id } }',
      { readOnly: true },
    ],
    ['it has no such operation', '{ paid }', { operationName: 'Other' }],
  ])('%s', async (_why, query, more) => {
    const { refused, snapshot } = createTestPipeline();
    await refused(query, more);
    expect(snapshot().documents.size).toBe(0);
  });

  test('the planner refuses it', async () => {
    const plan = () => {
      throw new GraphQLError('no');
    };
    const { refused, snapshot } = createTestPipeline({ plan });
    await refused('{ paid }');
    expect(snapshot().documents.size).toBe(0);
  });

  test('but of one that may', async () => {
    const { prepared, snapshot } = createTestPipeline();
    await prepared('{ paid }');
    expect([...snapshot().documents.recent()].map(({ text }) => text)).toEqual(['{ paid }']);
  });
});

describe('a document gets heavier', () => {
  test('with each operation and outcome that is planned, and when its first objects come', async () => {
    const { prepared, run, snapshot } = createTestPipeline();
    const weights: number[] = [];
    const weigh = () => weights.push(snapshot().documents.weight.bytes);
    const text = 'query A($a: Boolean!) { flights { id code @include(if: $a) } } query B { paid }';
    await prepared(text, { operationName: 'A', variables: { a: true } });
    weigh();
    await prepared(text, { operationName: 'A', variables: { a: false } });
    weigh();
    await prepared(text, { operationName: 'B' });
    weigh();
    await run(text, { operationName: 'A', variables: { a: true } });
    weigh();
    await run(text, { operationName: 'A', variables: { a: true } });
    expect(weights.toSorted((a, b) => a - b)).toEqual([...new Set(weights)]);
    expect(snapshot().documents.weight.bytes).toBe(weights.at(-1));
  });

  test('but not without end with the outcomes of its conditions', async () => {
    const { prepared, plans, snapshot } = createTestPipeline();
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const text = `query (${names.map((name) => `$${name}: Boolean!`).join()}) {
      flights { id ${names.map((name) => `${name}: code @include(if: $${name})`).join(' ')} } }`;
    const weightAfter = async (from: number, to: number) => {
      for (let bits = from; bits < to; bits += 1) {
        const variables = names.map((name, index) => [name, ((bits >> index) & 1) === 1]);
        await prepared(text, { variables: Object.fromEntries(variables) });
      }
      return snapshot().documents.weight.bytes;
    };
    const half = await weightAfter(0, 64);
    expect(await weightAfter(64, 128)).toBeLessThan(half * 1.3);
    expect(plans()).toBe(128);
  });
});

test('a wrong variable is reported where it is declared, though no locations are kept', async () => {
  const { prepared, refused } = createTestPipeline();
  const query = 'query ($representations: ID!) {\n  flight(id: $representations) { id } }';
  await prepared(query, { variables: { representations: '1' } });
  const [error] = (await refused(query)).errors;
  expect(error).toMatchObject({ locations: [{ line: 1, column: 8 }] });
  expect(error?.message).toContain('"$representations"');
});
