import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { freePort } from './free-port.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';

export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** Ends it at once, as a power failure would; with nothing on disk it comes back empty. */
  kill(): Promise<void>;
  /** Stops it from answering while its connections stay open. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Runs one command from outside. */
  command(...words: [string, ...string[]]): Promise<unknown>;
}

/** A private Redis on a free port that keeps nothing on disk unless told to by further `settings`. */
export async function startRedisServer(...settings: string[]): Promise<RedisServer> {
  const folder = await tempFolder();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function command(...words: [string, ...string[]]): Promise<unknown> {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => {});
    await client.connect();
    try {
      return await client.sendCommand(words);
    } finally {
      client.destroy();
    }
  }

  async function start(): Promise<void> {
    const base = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder.path];
    const memoryOnly = ['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'];
    child = spawn('redis-server', [...base, ...memoryOnly, ...settings], { stdio: 'ignore' });
    await until('Redis answers', async () => (await command('PING')) === 'PONG');
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }

  await start();
  return {
    url,
    start,
    kill,
    command,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: async () => {
      await kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}
