import { startChild } from '@airline/testing';
import { onTestFinished } from 'vitest';

const script = new URL('./exit.fixture.ts', import.meta.url).pathname;

/** Runs the fixture to its end, which it has to find by itself. */
export async function outcome(url: string, when: string, env: Record<string, string> = {}) {
  const child = startChild(process.execPath, [script, url, when], { env: { ...process.env, ...env } });
  onTestFinished(() => child[Symbol.asyncDispose]());
  const { exit } = await child.ended;
  return { exit, output: child.output() };
}

export const ended = { exit: 0, output: 'closed' };
