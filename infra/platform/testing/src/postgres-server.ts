import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { alive, childrenOf, signalTree } from './process-tree.ts';
import { findProgram } from './requirement.ts';
import { noted } from './running.ts';
import { tempFolder } from './temp-folder.ts';
import { until } from './until.ts';

export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  /** Makes an empty database, or the one of that name, and returns its URL. */
  createDatabase(name?: string): Promise<string>;
  /** Ends it at once with all its processes, as a power failure would; what was committed is on its disk. */
  kill(): Promise<void>;
  /** Stops it from responding while its connections stay open. */
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** Runs one statement in the database of a URL that it gave, over a connection of its own. */
  query(url: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
}

const run = promisify(execFile);

/**
 * A private PostgreSQL (15 or newer) on a free port that flushes its commits to the disk, made from the programs of
 * this machine. Its databases sort by language, as those of most installations do. `settings` are such as
 * `max_connections=50`.
 */
export async function startPostgresServer(...settings: string[]): Promise<PostgresServer> {
  const folder = await tempFolder();
  const port = await freePort();
  const url = (database: string) => `postgres://airline@127.0.0.1:${port}/${database}`;
  const { data, options } = await createCluster(folder.path);
  let child: ChildProcess | undefined;
  let databases = 0;

  async function start(): Promise<void> {
    const fixed = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', 'fsync=on'];
    const all = [...fixed, ...settings].flatMap((setting) => ['-c', setting]);
    await until('PostgreSQL accepts connections', async () => {
      // What is left of one that was killed may keep it from starting for a moment.
      if (!child || child.exitCode !== null) {
        child = noted(spawn(program('postgres'), ['-D', data, ...all], { ...options, stdio: 'ignore' }));
      }
      return (await query(url('postgres'), 'select 1')).length === 1;
    });
  }

  async function kill(): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    const children = await childrenOf(running.pid ?? 0);
    await signalTree(running, 'SIGKILL');
    await exited;
    child = undefined;
    await until('all its processes are gone', async () => (await alive(children)).length === 0);
  }

  await start();
  return {
    port,
    start,
    kill,
    query,
    pause: () => signalTree(child, 'SIGSTOP'),
    resume: () => signalTree(child, 'SIGCONT'),
    createDatabase: async (name) => {
      databases += 1;
      const database = name ?? `database_${databases}`;
      await query(url('postgres'), `create database "${database}"`);
      return url(database);
    },
    [Symbol.asyncDispose]: async () => {
      await kill();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function query(of: string, text: string, values: readonly unknown[] = []) {
  const client = new Client({ connectionString: of, connectionTimeoutMillis: 2000, query_timeout: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
    return rows;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Makes a cluster of databases in a folder, whose owner the server is to run as. */
async function createCluster(folder: string) {
  const data = join(folder, 'data');
  const owner = await unprivileged();
  if (owner) await chown(folder, owner.uid, owner.gid);
  const options = { ...owner, cwd: folder };
  const language = ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en'];
  const initdb = ['--pgdata', data, '--username=airline', '--auth=trust', '--no-sync', ...language];
  await run(program('initdb'), initdb, options);
  return { data, options };
}

function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not on PATH (on Debian: apt-get install postgresql).`);
  return path;
}

/** PostgreSQL and PgBouncer refuse to run as root: its account on Debian, or else `nobody`. */
export async function unprivileged(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const account = ['postgres', 'nobody'].map((name) => accounts.find(([own]) => own === name)).find(Boolean);
  if (!account) throw new Error('PostgreSQL cannot run as root, and there is no account "nobody".');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}
