import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { createTestPipeline } from '../pipeline/pipeline.fixture.ts';
import { type LiveSubscription, planSubscription } from './plan-subscription.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const PADDING = 200_000;
const COUNT = 20;
const padding = ','.repeat(PADDING);

function heap(): number {
  for (let i = 0; i < 4; i += 1) collectGarbage();
  return process.memoryUsage().heapUsed;
}

function start() {
  const { pipeline, prepared, snapshot } = createTestPipeline();
  const plan = async (query: string, more: Parameters<typeof prepared>[1] = {}) =>
    planSubscription(await prepared(query, more), pipeline);
  return { plan, snapshot };
}

// Names and texts this long may be slices, which hold on to the whole text.
const named = (name: string) =>
  `subscription LongNameOfASubscription${name}($isWanted: Boolean = false) {
    aliasOfSomeLength${name}: flightUpdated(id: "a text of some length ${name}") { id code @include(if: $isWanted) }
  }`;

describe('of the text of a subscription nothing is held that GraphQL ignores', () => {
  test.each([
    ['that is new', []],
    ['that is planned for other conditions, too', [{ isWanted: true }]],
  ])('%s', { timeout: 60_000 }, async (_which, before: readonly { isWanted: boolean }[]) => {
    const { plan, snapshot } = start();
    const live: LiveSubscription[] = [];
    const subscribe = async (name: string) => {
      const query = named(name) + padding;
      for (const variables of before) await plan(query, { variables });
      live.push(await plan(query));
      // Another supergraph may serve, or others' documents may have taken its place.
      while (snapshot().documents.size > 0) snapshot().documents.evict();
    };
    // What these make V8 compile is not theirs.
    for (let count = 0; count < 6; count += 1) await subscribe(`First${count}`);
    const begun = heap();
    for (let count = 0; count < COUNT; count += 1) await subscribe(`Next${count}`);
    expect((heap() - begun) / COUNT).toBeLessThan(PADDING / 4);
    expect(live).toHaveLength(COUNT + 6);
  });
});

describe('a subscription', () => {
  const SUBSCRIBE = `subscription A($id: ID, $tags: [[String!]!]) { flightUpdated(id: $id, tags: $tags) { id } }
    subscription B { flightUpdated { id } }`;
  const asA = { operationName: 'A' };

  test('is the same for the same text and operation, however it is padded', async () => {
    const { plan } = start();
    const one = await plan(SUBSCRIBE, asA);
    const other = await plan(`${SUBSCRIBE}${padding}`, asA);
    expect(other.key).toBe(one.key);
    expect(other.weight).toBe(one.weight);
    expect(one.key).toMatch(/^[0-9a-f]{64}$/);
    expect((await plan(SUBSCRIBE, { operationName: 'B' })).key).not.toBe(one.key);
    expect((await plan(SUBSCRIBE.replace('{ id } }', '{ code } }'), asA)).key).not.toBe(one.key);
  });

  test('weighs what its text, variables and cursor do', async () => {
    const { plan } = start();
    const weight = async (more: object, query = SUBSCRIBE) => (await plan(query, { ...asA, ...more })).weight;
    const one = await weight({});
    const tags = [Array.from({ length: 100 }, () => 'x'.repeat(1_000))];
    expect(await weight({ variables: { tags } })).toBeGreaterThan(one + 200_000);
    expect(await weight({ extensions: { cursor: 'x'.repeat(100_000) } })).toBeGreaterThan(one + 100_000);
    // Of another operation, which is part of its text.
    const longer = SUBSCRIBE.replace('B {', `B { a${'b'.repeat(190)}:`);
    expect(await weight({}, longer)).toBeGreaterThanOrEqual(one + 190);
    expect(one).toBeLessThan(20_000);
  });

  test('weighs what its plan does', async () => {
    const { plan } = start();
    const small = await plan('subscription { flightUpdated { id } }');
    const large = await plan(
      `subscription { flightUpdated { ${'next { '.repeat(9)} code ${'}'.repeat(9)} } }`,
    );
    const more = large.prepared.planned.weight.bytes - small.prepared.planned.weight.bytes;
    expect(more).toBeGreaterThan(1_000);
    expect(large.weight - small.weight).toBeGreaterThan(more);
  });

  test('is planned again from its bare text, which is known where its document is', async () => {
    const { pipeline, prepared, snapshot, reload, plans } = createTestPipeline();
    const text = `${named('Again')}${padding}`;
    const before = await prepared(text);
    reload();
    const after = await prepared(text);
    const known = plans();
    expect(pipeline.prepareAgain(before)).toMatchObject({ planned: after.planned });
    expect([plans() - known, snapshot().documents.size]).toEqual([0, 1]);
  });
});
