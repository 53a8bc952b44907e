import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';

const script = new URL('./process.fixture.ts', import.meta.url).pathname;

/** Starts the fixture as a process of its own. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const waiting = new Set<() => void>();
  const collect = (text: string) => {
    output += text;
    for (const look of waiting) look();
  };
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  const saying = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        if (!output.includes(words)) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      void ended.then(() => reject(new Error(`ended without saying "${words}": ${output}`)));
      look();
    });
  return { signal: (name: NodeJS.Signals) => child.kill(name), saying, ended };
}

describe('a process that is told to stop', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('closes in order on %s and exits with 0', async (signal) => {
    const process = start('prompt');
    await process.saying('started');
    process.signal(signal);
    const { code, output } = await process.ended;
    expect(code).toBe(0);
    expect(output).toMatch(/shutting down[\s\S]*closed in order[\s\S]*shut down/);
  });

  it('exits with 130 when it is told again', async () => {
    const process = start('stuck');
    await process.saying('started');
    process.signal('SIGTERM');
    await process.saying('shutting down');
    const impatience = setInterval(() => process.signal('SIGINT'), 100);
    expect((await process.ended).code).toBe(130);
    clearInterval(impatience);
  });

  it('takes the echoes of one Ctrl-C for one signal', async () => {
    const process = start('slow');
    await process.saying('started');
    for (let echo = 0; echo < 3; echo += 1) process.signal('SIGINT');
    const { code, output } = await process.ended;
    expect(code).toBe(0);
    expect(output).toContain('closed in the end');
  });

  it('exits with 1 when closing takes too long, and says so', async () => {
    const process = start('stuck', '20');
    await process.saying('started');
    process.signal('SIGTERM');
    const { code, output } = await process.ended;
    expect(code).toBe(1);
    expect(output).toContain('took longer than 20 ms');
  });

  it('exits with 1 when closing fails, and logs why', async () => {
    const process = start('failing');
    await process.saying('started');
    process.signal('SIGTERM');
    const { code, output } = await process.ended;
    expect(code).toBe(1);
    expect(output).toContain('the store would not close');
  });
});

describe('a process that cannot start', () => {
  it('shows a reason that the operator can remove, without a stack, and exits with 1', async () => {
    const { code, output } = await start('refused').ended;
    expect(code).toBe(1);
    expect(output).toBe('port 4001 is in use. Set TEST_PORT.\n');
  });

  it('shows any other reason with its stack, and exits with 1', async () => {
    const { code, output } = await start('broken').ended;
    expect(code).toBe(1);
    expect(output).toMatch(/Error: unforeseen\n\s+at /);
  });
});
