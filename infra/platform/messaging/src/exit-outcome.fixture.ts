import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';

const script = new URL('./exit.fixture.ts', import.meta.url).pathname;

/** Runs the fixture to its end, which it has to find by itself. */
export async function outcome(url: string, when: string, env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, url, when], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(child, 'close');
  return { code, output };
}

export const ended = { code: 0, output: 'closed' };
