import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './child-process.ts';
import { freePort } from './free-port.ts';
import { unprivileged } from './postgres-server.ts';
import { findProgram } from './requirement.ts';
import { tempFolder } from './temp-folder.ts';

export interface PgBouncer extends AsyncDisposable {
  /** The URL of a database through it. */
  urlOf(databaseUrl: string): string;
}

/** A private PgBouncer in front of a PostgreSQL of this machine that trusts it. */
export async function startPgBouncer(
  postgresPort: number,
  poolMode: 'session' | 'transaction' | 'statement',
): Promise<PgBouncer> {
  await using starting = new AsyncDisposableStack();
  const folder = starting.use(await tempFolder());
  const port = await freePort();
  const file = join(folder.path, 'pgbouncer.ini');
  const settings = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    auth_type: 'any',
    pool_mode: poolMode,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`);
  const databases = `[databases]\n* = host=127.0.0.1 port=${postgresPort} user=airline\n`;
  await writeFile(file, `${databases}[pgbouncer]\n${lines.join('')}`);
  const owner = await unprivileged();
  if (owner) await chown(folder.path, owner.uid, owner.gid);
  const child = startChild(findProgram('pgbouncer') ?? 'pgbouncer', [file], { ...owner, cwd: folder.path });
  starting.use(child);
  await child.printed(/process up/);
  const started = starting.move();
  return {
    urlOf: (databaseUrl) => {
      const url = new URL(databaseUrl);
      url.port = String(port);
      return url.href;
    },
    [Symbol.asyncDispose]: () => started.disposeAsync(),
  };
}
