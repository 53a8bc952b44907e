import { defaultLimits } from '@airline/service/server';
import { expect, test } from 'vitest';
import { createTestPipeline } from './pipeline.fixture.ts';
import { expectedOf, recentlyUsed, warm } from './warm.ts';

const options = { limits: defaultLimits, introspection: true, isOver: () => false };

test('what is in use is planned under a new supergraph before it serves', async () => {
  const { prepared, snapshot, plans, reload } = createTestPipeline();
  const conditional = 'query ($a: Boolean!) { flights { id code @include(if: $a) } }';
  const several = 'query A { paid } query B { flights { id } }';
  const ask = async () => {
    await prepared(conditional, { variables: { a: true } });
    await prepared(conditional, { variables: { a: false } });
    await prepared(several, { operationName: 'B' });
  };
  await ask();
  const serving = snapshot();
  reload();
  await warm(snapshot(), recentlyUsed(serving), options);
  expect(plans()).toBe(6);
  await ask();
  expect(plans()).toBe(6);
});

test('what is not valid, or cannot be planned, is skipped', async () => {
  const { snapshot, plans } = createTestPipeline();
  await warm(snapshot(), expectedOf(['{ nothing }', 'query {', '{ paid }']), options);
  expect(plans()).toBe(1);
  expect(
    snapshot()
      .documents.recent()
      .map(({ text }) => text),
  ).toEqual(['{ paid }']);
});

test('it ends when it is over, and lets other work run meanwhile', async () => {
  const { snapshot, plans } = createTestPipeline();
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  });
  const texts = Array.from({ length: 1_000 }, (_, index) => `query Q${index} { paid }`);
  await warm(snapshot(), expectedOf(texts), { ...options, isOver: () => turns >= 2 });
  clearInterval(turn);
  expect(plans()).toBeGreaterThan(0);
  expect(plans()).toBeLessThan(1_000);
});
