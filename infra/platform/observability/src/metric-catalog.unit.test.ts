import { expect, test } from 'vitest';
import { type MetricDefinition, metricCatalog } from './metric-catalog.ts';

const metrics: [string, MetricDefinition][] = Object.entries(metricCatalog);

test.each(metrics)('%s is named by what it is and in which unit', (name, { type, labels }) => {
  expect(name).toMatch(/^[a-z][a-z_]*[a-z]$/);
  expect(name.endsWith('_total')).toBe(type === 'counter');
  if (type === 'histogram') expect(name).toMatch(/_(seconds|bytes|decisions|cost)$/);
  for (const label of labels) expect(label).toMatch(/^[a-z]+$/);
});

test.each(metrics)('%s says what it is in a sentence', (_name, { help }) => {
  expect(help).toMatch(/^[A-Z].*\.$/);
});

test.each(metrics.filter(([, { type }]) => type === 'histogram'))(
  '%s has ascending bounds',
  (_name, { buckets }) => {
    expect(buckets).toEqual(buckets?.toSorted((a, b) => a - b));
    expect(new Set(buckets).size).toBe(buckets?.length);
  },
);
