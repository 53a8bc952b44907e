import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface RestartableOptions {
  readonly name: string;
  /** A file and its arguments, for node. */
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly print: (line: string) => void;
  /** Whether it runs only from its first `restart` on. */
  readonly isIdle?: boolean;
}

/** A process on this terminal that can be restarted. */
export interface Restartable {
  /** Stops it with SIGTERM, if it runs, and starts it; concurrent calls share one restart. */
  restart(): void;
  stop(): Promise<void>;
}

export function restartable({ name, command, env, print, isIdle = false }: RestartableOptions): Restartable {
  let child: ChildProcess | undefined;
  let restarting: Promise<void> | undefined;
  let isStopped = false;

  function start(): void {
    if (isStopped) return;
    const started = spawn(process.execPath, command, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child = started;
    started.once('exit', (code, signal) => {
      if (child === started) child = undefined;
      if (!restarting && !isStopped && code !== 0) {
        print(`${name} exited with ${code ?? signal}; it restarts when its sources change`);
      }
    });
  }

  async function end(): Promise<void> {
    const running = child;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }

  if (!isIdle) start();
  return {
    restart: () => {
      restarting ??= end().then(() => {
        restarting = undefined;
        start();
      });
    },
    stop: async () => {
      isStopped = true;
      await end();
    },
  };
}
