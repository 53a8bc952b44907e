import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');

/** The commands of package.json that run a source of this tree; others are programs with a help of their own. */
const commands = Object.entries(manifest.scripts).flatMap(([name, script]) => {
  const words = script.split(' ');
  const source = words.findIndex((word) => word.endsWith('.ts'));
  return source < 0 || words.includes('--config') ? [] : [[name, words.slice(source)] as const];
});

const wordsOf = (name: string) => commands.find(([each]) => each === name)?.[1] ?? [];

/** How a command ended. */
interface Ended {
  readonly exit: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

const refusals = [
  ['start:replicas', '--replicas', 'abc', /--replicas is "abc"; expected a whole number from 1 to 20/],
  ['start:replicas', '--replicas', '0', /--replicas is "0"/],
  ['bench:saga', '--rounds', '1.5', /--rounds is "1.5"; expected a whole number from 1 up/],
  ['dashboard:rebuild', '--page', '101', /--page is "101"; expected a whole number from 1 to 100/],
] as const;

/** By name and arguments; one process for all, since most of a command's time is its modules'. */
const ended = new Map<string, Ended>();
const keyOf = (name: string, ...args: readonly string[]) => [name, ...args].join(' ');

beforeAll(async () => {
  const runs = [
    ...commands.flatMap(([name]) => [[name, '--help'] as const, [name, '--no-such-option'] as const]),
    ...refusals.map(([name, option, value]) => [name, option, value] as const),
  ];
  const given = runs.map(([name, ...args]) => {
    const [file = '', ...own] = wordsOf(name);
    return [join(root, file), ...own, ...args];
  });
  const fixture = join(import.meta.dirname, 'commands.fixture.ts');
  await using child = startChild(process.execPath, [fixture, JSON.stringify(given)], { cwd: root });
  const { stdout, stderr } = await child.ended;
  expect(stderr).toBe('');
  const lines = stdout.trim().split('\n');
  // The fixture's own.
  for (const [index, [name, ...args]] of runs.entries())
    ended.set(keyOf(name, ...args), JSON.parse(lines[index] ?? '{}') as Ended);
});

test('the commands are found', () => {
  expect(commands.map(([name]) => name)).toEqual(
    expect.arrayContaining(['start', 'check', 'compose', 'bench:saga']),
  );
});

describe.each(commands)('npm run %s', (name) => {
  test('--help prints how it is called, and does nothing', () => {
    expect(ended.get(keyOf(name, '--help'))).toEqual({
      exit: 0,
      stdout: expect.stringMatching(new RegExp(`^Usage: npm (run (--silent )?)?${name}\\b`)),
      stderr: '',
    });
  });

  test('refuses an option that it does not have, in a sentence', () => {
    const { exit, stdout, stderr } = ended.get(keyOf(name, '--no-such-option')) ?? {};
    expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
    expect(stderr).toMatch(/'--no-such-option'[\s\S]*Usage: npm/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test.each(refusals)('npm run %s refuses %s %s', (name, option, value, expected) => {
  expect(ended.get(keyOf(name, option, value))).toMatchObject({
    exit: 1,
    stderr: expect.stringMatching(expected),
  });
});

test.each([
  ['--help', 0],
  ['--no-such-option', 1],
] as const)('control: run as npm does, %s ends the same way', async (option, exit) => {
  const words = [join(import.meta.dirname, 'run.mjs'), ...wordsOf('build'), option];
  const child = startChild(process.execPath, words, { cwd: root });
  onTestFinished(() => child[Symbol.asyncDispose]());
  expect(await child.ended).toEqual({ ...ended.get(keyOf('build', option)), exit });
});
