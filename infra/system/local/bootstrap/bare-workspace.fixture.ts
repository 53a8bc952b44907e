import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The lock file of a workspace whose one dependency lies in its own folder `greeter`. */
const LOCK = `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .:
    devDependencies:
      greeter:
        specifier: link:./greeter
        version: link:greeter
`;

export interface Run {
  /** Waits until it has printed this on standard error. */
  says(text: string): Promise<void>;
  pid: number;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<{ ended: number | NodeJS.Signals | null; out: string; err: string }>;
}

export interface BareWorkspace {
  root: string;
  write(path: string, content: string, mode?: number): Promise<void>;
  /** Starts run.mjs there. */
  start(...args: string[]): Run;
  /** Starts run.mjs there and waits for its end. */
  run(...args: string[]): Run['ended'];
  remove(): Promise<void>;
}

/** A small workspace in a temporary folder, with nothing installed, and with our run.mjs in it. For tests of it. */
export async function bareWorkspace(nodeVersion = '>=24.3.0'): Promise<BareWorkspace> {
  const root = await mkdtemp(join(tmpdir(), 'airline-run-'));
  const write = async (path: string, content: string, mode = 0o644) => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content, { mode });
  };
  const { packageManager } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<
    string,
    string
  >;
  const manifest = {
    type: 'module',
    packageManager,
    devEngines: { runtime: { name: 'node', version: nodeVersion, onFail: 'ignore' } },
    devDependencies: { greeter: 'link:./greeter' },
  };
  await write('package.json', JSON.stringify(manifest));
  await write('pnpm-lock.yaml', LOCK);
  await write(
    'greeter/package.json',
    JSON.stringify({ name: 'greeter', version: '1.0.0', bin: { greet: 'greet.js' } }),
  );
  await write('greeter/greet.js', `console.log('hello', process.argv[2], process.execPath);\n`);
  await cp(join(ROOT, 'infra/system/local/run.mjs'), join(root, 'infra/system/local/run.mjs'));
  await cp(join(ROOT, 'infra/system/local/bootstrap'), join(root, 'infra/system/local/bootstrap'), {
    recursive: true,
  });

  const start = (...args: string[]) => launch(join(root, 'infra/system/local/run.mjs'), args);
  const run = (...args: string[]) => start(...args).ended;
  return { root, write, start, run, remove: () => rm(root, { recursive: true, force: true }) };
}

function launch(script: string, args: string[]): Run {
  // Without a terminal, whoever runs the tests.
  const child = spawn(process.execPath, [script, ...args], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return {
    pid: child.pid ?? 0,
    kill: (signal) => child.kill(signal),
    says: (text) =>
      new Promise((resolve) => {
        const look = () => {
          if (!(out + err).includes(text)) return;
          child.stdout.off('data', look);
          child.stderr.off('data', look);
          resolve();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        look();
      }),
    ended: new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ ended: code ?? signal, out, err }));
    }),
  };
}
