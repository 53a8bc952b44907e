import { describe, expect, test } from 'vitest';
import type { OperationResult } from '../request.ts';
import { client, createTestPipeline } from './pipeline.fixture.ts';

const one = '{ paid }';

/** A pipeline whose executions wait until they are let go. */
function held() {
  const signals: (AbortSignal | undefined)[] = [];
  const waiting = new Map<number, () => void>();
  const pipeline = createTestPipeline({
    execute: async ({ signal }) => {
      const number = signals.push(signal);
      await new Promise<void>((resolve) => waiting.set(number, resolve));
      return { data: { number } };
    },
  });
  const begin = async (query: string, more = {}, signal?: AbortSignal) => {
    const prepared = await pipeline.prepared(query, more);
    return { result: pipeline.pipeline.execute(prepared, undefined, signal) };
  };
  const letGo = (...numbers: number[]) => {
    for (const [number, go] of waiting) if (numbers.length === 0 || numbers.includes(number)) go();
  };
  return { ...pipeline, begin, letGo, signals };
}

const numbers = async (begun: readonly { result: Promise<OperationResult> }[]) =>
  (await Promise.all(begun.map(({ result }) => result))).map(({ data }) => data?.number);

describe('equal queries in flight', () => {
  test('are executed once, and again when none is in flight', async () => {
    const { begin, letGo } = held();
    const begun = [await begin(one), await begin(one)];
    letGo();
    expect(await numbers(begun)).toEqual([1, 1]);
    const next = await begin(one);
    letGo();
    expect(await numbers([next])).toEqual([2]);
  });

  test('with other variables, texts or operations are others', async () => {
    const { begin, letGo } = held();
    const byId = 'query ($id: ID!) { flight(id: $id) { id } }';
    const begun = [
      await begin(byId, { variables: { id: '1' } }),
      await begin(byId, { variables: { id: '2' } }),
      await begin('{ paid  }'),
      await begin(one),
    ];
    letGo();
    expect(await numbers(begun)).toEqual([1, 2, 3, 4]);
  });

  test('of another authority are others', async () => {
    const { begin, letGo, pipeline, prepared } = held();
    const other = { ...client, authority: { ...client.authority, key: 'another' } };
    const begun = [
      await begin(one),
      { result: pipeline.execute({ ...(await prepared(one)), client: other }) },
    ];
    letGo();
    expect(await numbers(begun)).toEqual([1, 2]);
  });

  test('that are mutations are all executed', async () => {
    const { begin, letGo } = held();
    const rename = 'mutation { rename(id: "1", code: "A") { id } }';
    const begun = [await begin(rename), await begin(rename)];
    letGo();
    expect(await numbers(begun)).toEqual([1, 2]);
  });

  test.each([
    ['a mutation ended', 'mutation { rename(id: "1", code: "A") { id } }', undefined],
    ['an event came', 'subscription { flightUpdated { id } }', { data: {} }],
  ])('do not join one that began before %s', async (_, change, event) => {
    const { begin, letGo, pipeline, prepared } = held();
    const before = await begin(one);
    const changed = pipeline.execute(await prepared(change), event);
    letGo(2);
    await changed;
    const after = await begin(one);
    letGo();
    expect(await numbers([before, after])).toEqual([1, 3]);
  });

  test('are aborted once all have left, which a mutation is not', async () => {
    const { begin, letGo, signals } = held();
    const [first, second, third] = [new AbortController(), new AbortController(), new AbortController()];
    await begin(one, {}, first.signal);
    await begin(one, {}, second.signal);
    await begin('mutation { rename(id: "1", code: "A") { id } }', {}, third.signal);
    first.abort();
    third.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([false, undefined]);
    second.abort();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true, undefined]);
    const next = await begin(one);
    letGo();
    expect(await numbers([next])).toEqual([3]);
  });

  test('and mutations are not begun for a client that has left', async () => {
    const { begin, signals } = held();
    const begun = [
      await begin(one, {}, AbortSignal.abort()),
      await begin('mutation { rename(id: "1", code: "A") { id } }', {}, AbortSignal.abort()),
    ];
    expect(await numbers(begun)).toEqual([undefined, undefined]);
    expect(signals).toEqual([]);
  });
});
