import { expect, test } from 'vitest';
import { parseMetrics } from './parse-metrics.ts';

const HEAD = '# HELP a_total What.\n# TYPE a_total counter\n';

test('reads samples by their labels, in any order', () => {
  const { types, value } = parseMetrics(`${HEAD}a_total{x="1",y="\\"}\\n,"} 2\na_total 3.5e1\n`);
  expect(types.get('a_total')).toBe('counter');
  expect(value('a_total', { y: '\\"}\\n,', x: '1' })).toBe(2);
  expect(value('a_total')).toBe(35);
  expect(value('a_total', { x: '1' })).toBeUndefined();
});

test('knows the lines of a histogram', () => {
  const text = '# TYPE h histogram\nh_bucket{le="+Inf"} 1\nh_sum 0.5\nh_count 1\n';
  expect(parseMetrics(text).value('h_bucket', { le: '+Inf' })).toBe(1);
});

test.each([
  ['a sample before its TYPE', 'a_total 1\n', /No TYPE/],
  ['a second TYPE', `${HEAD}${HEAD}`, /second TYPE/],
  ['a second sample', `${HEAD}a_total 1\na_total 1\n`, /second sample/],
  ['no number', `${HEAD}a_total one\n`, /no sample/],
  ['labels without quotes', `${HEAD}a_total{x=1} 1\n`, /no labels/],
  ['a line without an end', `${HEAD}a_total 1`, /does not end/],
])('refuses %s', (_what, text, reason) => {
  expect(() => parseMetrics(text)).toThrow(reason);
});
