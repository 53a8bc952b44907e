import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import type { CleanClone } from './clean-clone.ts';

/** The first start installs the dependencies. */
const START_MS = 5 * 60_000;
const STOP_MS = 15_000;

export interface Servers {
  routerUrl: string;
  /** All that was printed so far. */
  output(): string;
  /** Interrupts, and waits for the end. Throws unless it ends with exit code 0, in time, and leaves no process behind. */
  stop(): Promise<void>;
  /** Ends whatever is left of it. */
  kill(): void;
}

/** Runs `npm start` on free ports until it prints the router's address. */
export async function startServers({ root, env }: CleanClone): Promise<Servers> {
  const ports = ['ROUTER', 'RESERVATION', 'FLIGHT', 'PAYMENT', 'DASHBOARD'].map((name) => [
    `${name}_PORT`,
    '0',
  ]);
  // A process group of its own, to see what is left of it.
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: { ...env, ...Object.fromEntries(ports) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const exited = once(child, 'close');
  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };

  let output = '';
  const printed = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += stripVTControlCharacters(text);
      const url = /^\W*router\W+(https?:\/\/\S+)\s/m.exec(output)?.[1];
      if (url !== undefined) printed.resolve(url);
    });
  }
  const ending = exited.then(([code, signal]) => {
    throw new Error(`it ended with ${code ?? signal}:\n${output}`);
  });
  const late = after(START_MS, () => `no router address within ${START_MS / 1000} s:\n${output}`);
  try {
    const routerUrl = await Promise.race([printed.promise, ending, late.promise]);
    return {
      routerUrl,
      output: () => output,
      kill: () => signalGroup('SIGKILL'),
      stop: async () => {
        const tooLate = after(STOP_MS, () => `it did not end within ${STOP_MS / 1000} s`);
        child.kill('SIGINT');
        const [code, signal] = await Promise.race([exited, tooLate.promise]).finally(tooLate.cancel);
        if (code !== 0) throw new Error(`it ended with ${code ?? signal}`);
        if (signalGroup(0)) throw new Error('it ended and left processes behind');
      },
    };
  } catch (error) {
    signalGroup('SIGKILL');
    throw error;
  } finally {
    late.cancel();
    ending.catch(() => undefined);
  }
}

function after(ms: number, message: () => string): { promise: Promise<never>; cancel: () => void } {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(message())), ms);
  return { promise, cancel: () => clearTimeout(timer) };
}
