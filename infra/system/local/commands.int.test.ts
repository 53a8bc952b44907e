import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };

/** The commands of package.json that run a source of this tree; others are programs with a help of their own. */
const commands = Object.entries(manifest.scripts).flatMap(([name, script]) => {
  const words = script.split(' ');
  const source = words.findIndex((word) => word.endsWith('.ts'));
  return source < 0 || words.includes('--config')
    ? []
    : [[name, words.slice(words.indexOf('node') + 2)] as const];
});

async function run(words: readonly string[], ...args: readonly string[]) {
  const runner = join(import.meta.dirname, 'run.mjs');
  const child = startChild(process.execPath, [runner, ...words, ...args], {
    env: { ...process.env, COLUMNS: '200' },
  });
  onTestFinished(() => child[Symbol.asyncDispose]());
  return await child.ended;
}

test('the commands are found', () => {
  expect(commands.map(([name]) => name)).toEqual(
    expect.arrayContaining(['start', 'check', 'compose', 'bench:saga']),
  );
});

describe.each(commands)('npm run %s', (name, words) => {
  test('--help prints how it is called, and does nothing', async () => {
    const { exit, stdout } = await run(words, '--help');
    expect(exit).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: npm (run (--silent )?)?${name}\\b`));
  });

  test('refuses an option that it does not have, in a sentence', async () => {
    const { exit, stdout, stderr } = await run(words, '--no-such-option');
    expect(exit).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/'--no-such-option'[\s\S]*Usage: npm/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

const start = (name: string) => commands.find(([each]) => each === name)?.[1] ?? [];

test.each([
  ['start:replicas', '--replicas', 'abc', /--replicas is "abc"; expected a whole number from 1 to 20/],
  ['start:replicas', '--replicas', '0', /--replicas is "0"/],
  ['bench:saga', '--rounds', '1.5', /--rounds is "1.5"; expected a whole number from 1 up/],
  ['dashboard:rebuild', '--page', '101', /--page is "101"; expected a whole number from 1 to 100/],
])('npm run %s refuses %s %s', async (name, option, value, expected) => {
  const { exit, stderr } = await run(start(name), option, value);
  expect(exit).toBe(1);
  expect(stderr).toMatch(expected);
});
