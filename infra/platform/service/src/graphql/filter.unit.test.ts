import { SQL, sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { filterCondition } from './filter.ts';

interface Filter {
  area?: string | null | undefined;
  least?: number | null | undefined;
}

const is = (value: unknown) => sql.raw(`is ${value}`);
const textOf = (condition: SQL | undefined) =>
  condition?.queryChunks.flatMap(function texts(chunk): unknown[] {
    return chunk instanceof SQL ? chunk.queryChunks.flatMap(texts) : Object.values(chunk as object).flat();
  });

test.each<[Filter | null | undefined, unknown]>([
  [undefined, undefined],
  [null, undefined],
  [{}, undefined],
  [{ area: null, least: undefined }, undefined],
  [{ area: '' }, ['is ']],
  [{ area: 'b', least: 0 }, ['(', 'is 0', ' and ', 'is b', ')']],
])('%j has the conditions of what is given, in the order of these', (filter, expected) => {
  expect(textOf(filterCondition(filter, { least: is, area: is }))).toEqual(expected);
});

test('several conditions of a field all hold', () => {
  const condition = filterCondition<Filter>({ area: 'b' }, { least: is, area: (area) => [is(1), is(area)] });
  expect(textOf(condition)).toEqual(['(', 'is 1', ' and ', 'is b', ')']);
});

test('a field of the graph without a condition is a type error', () => {
  const filter: Filter = { least: 1 };
  // @ts-expect-error: Property 'least' is missing
  expect(filterCondition(filter, { area: is })).toBeUndefined();
  // @ts-expect-error: Type 'undefined' is not assignable
  expect(() => filterCondition(filter, { least: () => undefined, area: is })).not.toThrow();
});
