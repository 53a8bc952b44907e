import { describe, expect, test } from 'vitest';
import { createBoundedNames, createMetrics, noMetrics } from './index.ts';
import { processMetrics } from './process-metrics.ts';

/** The samples of a metric. */
const lines = (text: string, name: string) =>
  text.split('\n').filter((line) => line.startsWith(name) && /^[a-z_]+(_bucket|_sum|_count)?[{ ]/.test(line));

describe('metrics', () => {
  test('count by their labels', async () => {
    const metrics = createMetrics();
    metrics.add('event_retries_total', 1, { stream: 'airline:flight', cause: 'transient' });
    metrics.add('event_retries_total', 2, { stream: 'airline:flight', cause: 'transient' });
    metrics.add('event_retries_total', 1, { stream: 'airline:flight', cause: 'permanent' });
    const text = await metrics.text();
    expect(lines(text, 'event_retries_total')).toEqual([
      'event_retries_total{stream="airline:flight",cause="transient"} 3',
      'event_retries_total{stream="airline:flight",cause="permanent"} 1',
    ]);
    expect(text).toContain('# TYPE event_retries_total counter');
    expect(text).toContain('# HELP event_retries_total Retries');
  });

  test('put what they observe into cumulative buckets', async () => {
    const metrics = createMetrics();
    for (const decisions of [1, 2, 3, 5000]) metrics.observe('store_commit_decisions', decisions);
    const samples = lines(await metrics.text(), 'store_commit_decisions');
    expect(samples.slice(0, 3)).toEqual([
      'store_commit_decisions_bucket{le="1"} 1',
      'store_commit_decisions_bucket{le="2"} 2',
      'store_commit_decisions_bucket{le="5"} 3',
    ]);
    expect(samples.slice(-4)).toEqual([
      'store_commit_decisions_bucket{le="1000"} 3',
      'store_commit_decisions_bucket{le="+Inf"} 4',
      'store_commit_decisions_sum 5006',
      'store_commit_decisions_count 4',
    ]);
  });

  test('escape label values', async () => {
    const metrics = createMetrics();
    metrics.add('dead_letters_total', 1, { stream: 'a "b"\n\\' });
    expect(lines(await metrics.text(), 'dead_letters_total')).toEqual([
      'dead_letters_total{stream="a \\"b\\"\\n\\\\"} 1',
    ]);
  });

  test('are collected at each scrape; what is not set then is absent', async () => {
    const metrics = createMetrics();
    let groups = ['one', 'two'];
    const stop = metrics.onScrape(async (set) => {
      for (const group of groups) set('group_lag_events', 7, { stream: 'airline:flight', group });
    });
    expect(lines(await metrics.text(), 'group_lag_events')).toHaveLength(2);
    groups = ['one'];
    expect(lines(await metrics.text(), 'group_lag_events')).toEqual([
      'group_lag_events{stream="airline:flight",group="one"} 7',
    ]);
    stop();
    expect(lines(await metrics.text(), 'group_lag_events')).toEqual([]);
  });

  test('report the rest when a collector rejects, throws or hangs', async () => {
    const metrics = createMetrics({ timeoutMs: 20 });
    metrics.onScrape(() => Promise.reject(new Error('away')));
    metrics.onScrape(() => {
      throw new Error('away');
    });
    metrics.onScrape(() => new Promise<void>(() => {}));
    metrics.onScrape((set) => set('dead_letters', 3));
    const text = await metrics.text();
    expect(lines(text, 'dead_letters')).toEqual(['dead_letters 3']);
    expect(lines(text, 'scrape_failures_total')).toEqual(['scrape_failures_total 1']);
  });

  test('without metrics are empty', async () => {
    noMetrics.add('relay_failures_total', 1, { stream: 'airline:flight' });
    expect(await noMetrics.text()).toBe('');
  });

  test('of the process are those of Node', async () => {
    const text = await processMetrics();
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);
    expect(text).not.toContain('nodejs_eventloop_lag_min_seconds');
    expect(text).toMatch(/^nodejs_heap_size_used_bytes /m);
    expect(text).toMatch(/^process_cpu_seconds_total /m);
    expect(await processMetrics()).toMatch(/^process_cpu_seconds_total /m);
  });
});

test('bounds how many names there are', () => {
  const bounded = createBoundedNames(2);
  expect(['a', 'b', 'c', 'a', '', null, undefined].map(bounded)).toEqual([
    'a',
    'b',
    'other',
    'a',
    'anonymous',
    'anonymous',
    'anonymous',
  ]);
});

test('bounds how long names are', () => {
  const bounded = createBoundedNames(2);
  expect(['a'.repeat(101), 'b'.repeat(250_000), 'c'.repeat(100), 'd'].map(bounded)).toEqual([
    'other',
    'other',
    'c'.repeat(100),
    'd',
  ]);
});
