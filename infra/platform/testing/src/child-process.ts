import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { noted } from './running.ts';
import { until } from './until.ts';

/** The end of a process: its exit code or the signal that ended it, and its output. */
export interface Ended {
  readonly exit: number | NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ChildProcess extends AsyncDisposable {
  readonly pid: number;
  /** The output so far, both streams in order of arrival. */
  output(): string;
  /**
   * Waits until its output matches; returns the match.
   * @throws Error with the output, when it ends first or after the timeout `withinMs` (default 30 s)
   */
  printed(what: RegExp, withinMs?: number): Promise<RegExpExecArray>;
  /** Sends a signal; no-op once it has ended. */
  signal(name: NodeJS.Signals): void;
  /** Resolves when it has ended and its output is complete. */
  readonly ended: Promise<Ended>;
}

/**
 * Starts a program and collects its output; it is killed when disposed of. One with an environment of its own still has
 * what makes Node start faster for the tests: the cache of compiled code, and the options.
 * @throws Error when there is no such program
 */
export function startChild(
  program: string,
  args: readonly string[],
  options: Omit<SpawnOptions, 'stdio'> = {},
): ChildProcess {
  const name = [program, ...args].join(' ');
  const { NODE_COMPILE_CACHE, NODE_OPTIONS } = process.env;
  const env = { NODE_COMPILE_CACHE, NODE_OPTIONS, ...(options.env ?? process.env) };
  const child = noted(spawn(program, args, { ...options, env, stdio: ['ignore', 'pipe', 'pipe'] }));
  const texts = { stdout: '', stderr: '' };
  let output = '';
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
      output += text;
    });
  }
  let isRunning = true;
  const ended = once(child, 'close').then(([code, by]): Ended => {
    isRunning = false;
    return { exit: code ?? by, ...texts };
  });
  // A program that does not exist has no pid, and its error follows later.
  ended.catch(() => {});
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} cannot be started. Install it, or correct its path.`);

  return {
    pid,
    ended,
    output: () => output,
    signal: (signal) => void child.kill(signal),
    printed: async (what, withinMs) => {
      const find = () => what.exec(output);
      await until(`${name} prints ${what}`, () => find() !== null || !isRunning, withinMs).catch((error) => {
        throw new Error(`${error.message} It printed:\n${output}`);
      });
      const found = find();
      if (!found) throw new Error(`${name} ended before it printed ${what}:\n${output}`);
      return found;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
