import { expect, test } from 'vitest';
import { readOptions } from './options.ts';
import { Processes } from './processes.ts';
import { run } from './run.ts';
import { linesOf } from './table.ts';

test('this router and Apollo Gateway are measured on both graphs, and their responses agree', {
  timeout: 180_000,
}, async () => {
  const queries = ['four-fetches', 'booking', 'subscription'];
  const args = ['--rounds', '1', '--seconds', '0.3', '--connections', '2', '--cores', 'none'];
  const options = readOptions(
    [...args, '--queries', queries.join(), '--peers', 'apollo-gateway,limits'],
    () => {},
  );
  await using processes = new Processes();
  const results = await run(options, processes, () => {});

  const lines = linesOf(results);
  expect(lines.map(({ query, router, agreement, failures }) => [query, router, agreement, failures])).toEqual(
    [
      ['four-fetches', 'router', 'same', 0],
      ['four-fetches', 'apollo-gateway', 'same', 0],
      ['four-fetches', 'limit: bytes', 'same', 0],
      ['four-fetches', 'limit: fetches', 'same', 0],
      ['booking', 'router', 'same', 0],
      ['booking', 'apollo-gateway', 'same', 0],
      ['booking', 'limit: bytes', 'same', 0],
      ['booking', 'limit: fetches', 'same', 0],
      ['subscription', 'router', '', 0],
    ],
  );
  // Products; their stock and their reviews; the authors.
  expect(lines.find(({ router }) => router === 'apollo-gateway')?.fetches).toBe('4 in 3');
  expect(results.find(({ reason }) => reason !== undefined)).toMatchObject({
    router: 'apollo-gateway',
    query: 'subscription',
  });
});
