import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type ChildProcess, type Ended, startChild } from '@airline/testing';

const ROOT = resolve(import.meta.dirname, '../../../..');

/** The lock file of a workspace with one dependency, its own folder `greeter`. */
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

export interface BareWorkspace {
  root: string;
  write(path: string, content: string, mode?: number): Promise<void>;
  /** Starts run.mjs there. */
  start(...args: string[]): ChildProcess;
  /** Starts run.mjs there and waits for its end. */
  run(...args: string[]): Promise<Ended>;
  remove(): Promise<void>;
}

/** A small workspace in a temporary folder, without installed packages, for tests of run.mjs. */
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

  // Without a terminal, even if the tests have one.
  const start = (...args: string[]) =>
    startChild(process.execPath, [join(root, 'infra/system/local/run.mjs'), ...args], { detached: true });
  const run = (...args: string[]) => start(...args).ended;
  return { root, write, start, run, remove: () => rm(root, { recursive: true, force: true }) };
}
