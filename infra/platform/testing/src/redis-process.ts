import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createClient } from 'redis';
import { freePort } from './free-port.ts';
import { noted } from './running.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';

export interface RedisProcess extends AsyncDisposable {
  readonly port: number;
  readonly url: string;
  /** Kills it, like a power failure; without persistence it restarts empty. */
  kill(): Promise<void>;
  /** Stops it without closing its connections. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Runs one command, over a connection of its own. */
  command(...words: [string, ...string[]]): Promise<unknown>;
}

/** Where a process runs: a port of its own and a folder, removed at the end. */
export interface Place {
  readonly port: number;
  readonly folder: string;
}

/** Runs one command, over a connection of its own, with the account of the URL. */
export async function redisCommand(url: string, ...words: [string, ...string[]]): Promise<unknown> {
  const client = createClient({ url, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  try {
    return await client.sendCommand(words);
  } finally {
    client.destroy();
  }
}

/** Starts a private `redis-server` with the arguments for its port and folder. */
export async function startRedisProcess(argumentsAt: (place: Place) => string[]): Promise<RedisProcess> {
  const folder = await tempFolder();
  const port = await freePort();
  const args = argumentsAt({ port, folder: folder.path });
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  const command = (...words: [string, ...string[]]) => redisCommand(url, ...words);

  async function start(): Promise<void> {
    child = noted(spawn('redis-server', args, { stdio: 'ignore' }));
    await until('Redis is available', async () => (await command('PING')) === 'PONG');
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill('SIGKILL');
    await exited;
  }

  const dispose = async () => {
    await kill();
    await folder[Symbol.asyncDispose]();
  };

  await start().catch(async (error: unknown) => {
    await dispose();
    throw error;
  });
  return {
    port,
    url,
    start,
    kill,
    command,
    pause: () => child?.kill('SIGSTOP'),
    resume: () => child?.kill('SIGCONT'),
    [Symbol.asyncDispose]: dispose,
  };
}

/** Arguments of a server without persistence, on 127.0.0.1 only. */
export const inMemoryAt = ({ port, folder }: Place): string[] => [
  ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder],
  ...['--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction'],
];
