import { startChild } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';

const script = new URL('./process.fixture.ts', import.meta.url).pathname;

/** Starts the fixture as a process of its own. */
function start(...args: string[]) {
  const child = startChild(process.execPath, [script, ...args]);
  onTestFinished(() => child[Symbol.asyncDispose]());
  return { ...child, ended: child.ended.then(({ exit }) => ({ exit, output: child.output() })) };
}

describe('a process that receives a signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('closes in order on %s and exits with 0', async (signal) => {
    const process = start('prompt');
    await process.printed(/started/);
    process.signal(signal);
    const { exit, output } = await process.ended;
    expect(exit).toBe(0);
    expect(output).toMatch(/shutting down[\s\S]*closed in order[\s\S]*shut down/);
  });

  test('exits with 130 on a second signal', async () => {
    const process = start('stuck');
    await process.printed(/started/);
    process.signal('SIGTERM');
    await process.printed(/shutting down/);
    const repeated = setInterval(() => process.signal('SIGINT'), 100);
    expect((await process.ended).exit).toBe(130);
    clearInterval(repeated);
  });

  test('counts the echoes of one Ctrl-C as one signal', async () => {
    const process = start('slow');
    await process.printed(/started/);
    for (let echo = 0; echo < 3; echo += 1) process.signal('SIGINT');
    const { exit, output } = await process.ended;
    expect(exit).toBe(0);
    expect(output).toContain('closed in the end');
  });

  test('exits with 1 when closing times out, and logs it', async () => {
    const process = start('stuck', '20');
    await process.printed(/started/);
    process.signal('SIGTERM');
    const { exit, output } = await process.ended;
    expect(exit).toBe(1);
    expect(output).toContain('shutdown timed out');
  });

  test('exits with 1 when closing fails, and logs why', async () => {
    const process = start('failing');
    await process.printed(/started/);
    process.signal('SIGTERM');
    const { exit, output } = await process.ended;
    expect(exit).toBe(1);
    expect(output).toContain('the store would not close');
  });
});

describe('a process that cannot start', () => {
  test('shows an error that the operator can correct, without a stack, and exits with 1', async () => {
    const { exit, output } = await start('refused').ended;
    expect(exit).toBe(1);
    expect(output).toBe('port 4001 is in use. Set TEST_PORT.\n');
  });

  test('shows any other error with its stack, and exits with 1', async () => {
    const { exit, output } = await start('broken').ended;
    expect(exit).toBe(1);
    expect(output).toMatch(/Error: unforeseen\n\s+at /);
  });
});
