import { describe, expect, test } from 'vitest';
import { startChild } from './child-process.ts';

const run = (program: string) => startChild(process.execPath, ['--eval', program]);

describe('a child process', () => {
  test('has printed both streams in full when it has ended', async () => {
    await using child = run(`console.log('o'.repeat(100_000)); console.error('e'); process.exitCode = 3;`);
    expect(await child.ended).toEqual({ exit: 3, stdout: `${'o'.repeat(100_000)}\n`, stderr: 'e\n' });
    expect(child.output()).toHaveLength(100_003);
  });

  test('ends of a signal', async () => {
    await using child = run(`console.log('ready'); setInterval(() => {}, 1000);`);
    expect((await child.printed(/r(e)ady/))[1]).toBe('e');
    child.signal('SIGTERM');
    expect(await child.ended).toMatchObject({ exit: 'SIGTERM' });
    child.signal('SIGTERM');
  });

  test('is refused with its output when it ends without printing what is awaited', async () => {
    await using child = run(`console.log('other words');`);
    await expect(child.printed(/ready/)).rejects.toThrow(/ended before it printed \/ready\/:\nother words/);
  });

  test('is refused with its output when it does not print it in time', async () => {
    await using child = run(`console.log('other words'); setInterval(() => {}, 1000);`);
    await child.printed(/other/);
    await expect(child.printed(/ready/, 1)).rejects.toThrow(/within 1 ms.*It printed:\nother words/s);
  });

  test('is killed when it is disposed of', async () => {
    const child = run(`console.log('ready'); setInterval(() => {}, 1000);`);
    await child.printed(/ready/);
    await child[Symbol.asyncDispose]();
    expect(await child.ended).toMatchObject({ exit: 'SIGKILL' });
  });

  test('of a program that is not there is refused', () => {
    expect(() => startChild('/no/such/program', [])).toThrow('/no/such/program cannot be started');
  });
});
