import { describe, expect, it } from 'vitest';
import { freshness, supergraphFileText } from './supergraph-file.ts';

const SDL = 'type Query {\n  flight: ID\n}';

describe('freshness', () => {
  it('is current when the file holds what was composed', () => {
    expect(freshness(supergraphFileText(SDL), SDL)).toBe('current');
  });

  it('is stale when the subgraphs compose to something else', () => {
    expect(freshness(supergraphFileText(SDL), SDL.replace('ID', 'ID!'))).toBe('stale');
  });

  it('is stale when somebody edited the file', () => {
    expect(freshness(`${supergraphFileText(SDL)}# by hand\n`, SDL)).toBe('stale');
  });

  it('is missing when there is no file', () => {
    expect(freshness(undefined, SDL)).toBe('missing');
  });
});
