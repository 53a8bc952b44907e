import { setTimeout as after } from 'node:timers/promises';
import { anyPorts, startChild } from '@airline/testing';
import type { CleanClone } from './clean-clone.ts';

/** The first start installs the dependencies. */
const START_MS = 5 * 60_000;
const STOP_MS = 15_000;

export interface Servers {
  routerUrl: string;
  /** The output so far. */
  output(): string;
  /** Sends SIGINT. Throws unless it exits with 0, in time, and leaves no processes behind. */
  stop(): Promise<void>;
  /** Kills remaining processes. */
  kill(): void;
}

/** Runs `npm start` on free ports until it prints the router's address. */
export async function startServers({ root, env }: CleanClone): Promise<Servers> {
  // A process group of its own, to find remaining processes.
  const child = startChild('npm', ['start'], {
    cwd: root,
    env: { ...env, ...anyPorts, NO_COLOR: '1' },
    detached: true,
  });
  const signalGroup = (signal: NodeJS.Signals | 0): boolean => {
    try {
      return process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  };
  try {
    const [, routerUrl = ''] = await child.printed(/^\W*router\W+(https?:\/\/\S+)\s/m, START_MS);
    return {
      routerUrl,
      output: child.output,
      kill: () => void signalGroup('SIGKILL'),
      stop: async () => {
        child.signal('SIGINT');
        const ended = await Promise.race([child.ended, after(STOP_MS, undefined, { ref: false })]);
        if (!ended) throw new Error(`it did not exit within ${STOP_MS / 1000} s`);
        if (ended.exit !== 0) throw new Error(`it exited with ${ended.exit}`);
        if (signalGroup(0)) throw new Error('it exited and left processes behind');
      },
    };
  } catch (error) {
    signalGroup('SIGKILL');
    throw error;
  }
}
