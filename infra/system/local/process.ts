import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '@airline/testing';

const root = join(import.meta.dirname, '../../..');

/** A dozen of them may start at once on two cores. */
const READY_WITHIN_MS = 60_000;

export interface NodeProcess {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  /** Ends it in good order; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a power failure would. */
  kill(): Promise<void>;
}

/** Runs one of the project's sources as a process of its own, until it has printed what `ready` matches. */
export async function startProcess(
  file: string,
  env: Readonly<Record<string, string>>,
  ready: RegExp,
  nodeOptions: readonly string[] = [],
): Promise<NodeProcess> {
  const child: ChildProcess = spawn(process.execPath, [...nodeOptions, join(root, file)], {
    // Nothing of this machine's configuration but what a process needs to run.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    output += chunk;
  });
  const exited = once(child, 'exit');
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const end = async (signal: NodeJS.Signals) => {
    // One that was stopped would not hear the signal.
    if (isRunning()) child.kill('SIGCONT');
    if (isRunning()) child.kill(signal);
    await exited;
  };
  try {
    await until(`${file} is ready`, () => !isRunning() || ready.test(output), READY_WITHIN_MS);
    if (!isRunning()) throw new Error(`${file} ended before it was ready: ${output}`);
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return {
    pid: child.pid as number,
    output: () => output,
    stop: async () => {
      await end('SIGINT');
      return child.exitCode;
    },
    kill: () => end('SIGKILL'),
  };
}
