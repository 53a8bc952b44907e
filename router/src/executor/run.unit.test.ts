import { everyone } from '@airline/service/server';
import { expect, test } from 'vitest';
import { authorityOf } from '../request.ts';
import { type PartsEnd, type Run, runSteps, type Step } from './run.ts';

/** Steps by their name, with the names of those that each waits for; each ends when the test says so. */
function stepsOf(after: Record<string, readonly string[]>, signal?: AbortSignal) {
  const names = Object.keys(after);
  const begun: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const steps = names.map(
    (name): Step => ({
      begin: () => {
        begun.push(name);
        if (name.startsWith('none')) return undefined;
        if (name.startsWith('fault')) throw new Error(name);
        const end = Promise.withResolvers<void>();
        ends.set(name, end);
        return end.promise;
      },
      part: name.startsWith('later') ? 1 : 0,
      waitsFor: after[name]?.length ?? 0,
      enables: names.flatMap((other, index) => (after[other]?.includes(name) ? [index] : [])),
    }),
  );
  const run: Run = {
    root: {},
    part: 0,
    variables: {},
    context: { forwarded: {}, authority: authorityOf(everyone), signal },
    errors: [],
    withoutEntity: new Map(),
  };
  return {
    begun,
    begin: (later?: PartsEnd) => runSteps(steps, [run, run], later),
    end: async (name: string) => {
      ends.get(name)?.resolve();
      await Promise.resolve();
    },
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  };
}

test('a step begins once all that it waits for have ended, and not later', async () => {
  const { begun, begin, end } = stepsOf({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['c', 'd'] });
  const running = begin();
  expect(begun).toEqual(['a', 'b']);
  await end('a');
  expect(begun).toEqual(['a', 'b', 'c']);
  await end('c');
  await end('b');
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  await end('d');
  expect(begun.at(-1)).toBe('e');
  await end('e');
  await expect(running).resolves.toBeUndefined();
});

test('steps that have nothing to ask for end at once', async () => {
  expect(stepsOf({}).begin()).toBeUndefined();
  expect(stepsOf({ none: [], none2: ['none'] }).begin()).toBeUndefined();
  const { begun, begin, end } = stepsOf({ none: [], a: ['none'], none2: ['a'], b: ['none2'] });
  const running = begin();
  await end('a');
  expect(begun).toEqual(['none', 'a', 'none2', 'b']);
  await end('b');
  await running;
});

test('once the request is aborted, no further step begins, and those that have begun are waited for', async () => {
  const leaving = new AbortController();
  const { begun, begin, end } = stepsOf({ a: [], b: [], c: ['a'], d: ['c'] }, leaving.signal);
  const running = begin();
  leaving.abort();
  await end('a');
  await end('b');
  await running;
  expect(begun).toEqual(['a', 'b']);
  expect(stepsOf({ a: [] }, leaving.signal).begin()).toBeUndefined();
});

test('the first part does not wait for the steps of a later one, which reports its own end or fault', async () => {
  const { begun, begin, end, fail } = stepsOf({ a: [], later1: ['a'], later2: ['a'] });
  const reported: unknown[] = [];
  const ended = (part: number) => reported.push(part);
  const running = begin({ ended, failed: (error) => reported.push(String(error)) });
  await end('a');
  await running;
  expect(begun).toEqual(['a', 'later1', 'later2']);
  await end('later1');
  expect(reported).toEqual([]);
  fail('later2');
  await Promise.resolve();
  await Promise.resolve();
  expect(reported).toEqual(['Error: later2']);
  await stepsOf({ none: [] }).begin({ ended, failed: () => {} });
  expect(reported.at(-1)).toBe(1);
});

test('a fault of a step is that of the whole', async () => {
  const first = stepsOf({ a: [], b: [] });
  const running = first.begin();
  first.fail('a');
  await expect(running).rejects.toThrow('a');
  const later = stepsOf({ a: [], fault: ['a'] });
  const runningLater = later.begin();
  await Promise.all([later.end('a'), expect(runningLater).rejects.toThrow('fault')]);
});
