import { describe, expect, test } from 'vitest';
import { createOverrides } from './overrides.ts';
import { client } from './pipeline.fixture.ts';

describe('a progressive override', () => {
  test.each([
    ['percent(0)', 0, false],
    ['percent(25)', 0.2499, true],
    ['percent(25)', 0.25, false],
    ['percent(0.5)', 0.004, true],
    ['percent(100)', 0.9999, true],
  ])('%s is by request: %d gives %s', (label, random, isOn) => {
    const decide = createOverrides({ labels: [], random: () => random });
    expect(decide([label], client).get(label)).toBe(isOn);
  });

  test('with another label is on by the configuration, or by the request', () => {
    const decide = createOverrides({ labels: ['new-fares'], random: () => 0 });
    const known = ['new-fares', 'new-seats'];
    expect([...decide(known, client).values()]).toEqual([true, false]);
    const testing = { ...client, overrides: ['new-seats', 'unknown'] };
    expect([...decide(known, testing)]).toEqual([
      ['new-fares', true],
      ['new-seats', true],
    ]);
  });
});
