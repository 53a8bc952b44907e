import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from '@airline/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BareWorkspace, bareWorkspace } from './bare-workspace.fixture.ts';

const INSTALLED = /^Installing the dependencies with pnpm [^\n]+\nInstalled in \d+ s\.\n$/;

/** A further package of the workspace in the lock file. */
const GUEST = `
  packages/guest:
    dependencies:
      greeter:
        specifier: link:../../greeter
        version: link:../../greeter
`;

let workspace: BareWorkspace;

beforeEach(async () => {
  workspace = await bareWorkspace();
  await workspace.write(
    'hello.ts',
    `const name: string = process.argv[2] ?? '';\nconsole.log('hello', name);\n`,
  );
});

afterEach(() => workspace.remove());

describe('a first run', () => {
  test('installs, in two quiet lines, and the next one does not', async () => {
    const first = await workspace.run('hello.ts', 'world');
    expect(first).toEqual({ exit: 0, stdout: 'hello world\n', stderr: expect.stringMatching(INSTALLED) });
    expect(await workspace.run('hello.ts', 'again')).toEqual({
      exit: 0,
      stdout: 'hello again\n',
      stderr: '',
    });
  });

  test('installs again when the lock file has changed', async () => {
    await workspace.run('hello.ts');
    await workspace.write('pnpm-lock.yaml', `# changed\n${await lockFile()}`);
    expect((await workspace.run('hello.ts')).stderr).toMatch(INSTALLED);
  });

  test('is the only one that says so: a package that a command adds is added', async () => {
    const url = new URL('./install.mjs', import.meta.url);
    const add = `import { install } from '${url}';\nawait install(import.meta.dirname, { isChanged: true });\n`;
    await workspace.write('add.ts', add);
    const { stderr } = await workspace.run('add.ts');
    expect(stderr.match(/^(Installing the dependencies|Adding the package) with pnpm/gm)).toEqual([
      'Installing the dependencies with pnpm',
      'Adding the package with pnpm',
    ]);
  });

  test('installs again when a package has lost its node_modules', async () => {
    await workspace.write(
      'packages/guest/package.json',
      JSON.stringify({ dependencies: { greeter: 'link:../../greeter' } }),
    );
    await workspace.write('pnpm-workspace.yaml', 'packages: [packages/*]\n');
    await workspace.write('pnpm-lock.yaml', `${await lockFile()}${GUEST}`);
    await workspace.run('hello.ts');
    const installed = join(workspace.root, 'packages/guest/node_modules');
    expect(existsSync(installed)).toBe(true);
    await rm(installed, { recursive: true });

    expect((await workspace.run('hello.ts')).stderr).toMatch(INSTALLED);
    expect(existsSync(installed)).toBe(true);
    expect((await workspace.run('hello.ts')).stderr).toBe('');
  });

  test('shows the output of pnpm when it fails, and retries on the next run', async () => {
    await workspace.write('pnpm-lock.yaml', (await lockFile()).replaceAll('greeter', 'someone-else'));
    for (const _ of ['first', 'second']) {
      const { exit, stdout, stderr } = await workspace.run('hello.ts');
      expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' });
      expect(stderr).toContain('ERR_PNPM_OUTDATED_LOCKFILE');
      expect(stderr).toContain('Installing the dependencies failed');
    }
  });
});

describe('several first runs at once', () => {
  test('install once, and all run', async () => {
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map((name) => workspace.run('hello.ts', name)));
    expect(runs.map(({ exit, stdout }) => ({ exit, stdout }))).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => ({ exit: 0, stdout: `hello ${name}\n` })),
    );
    expect(runs.filter(({ stderr }) => stderr.includes('Installing'))).toHaveLength(1);
  });

  test('wait for the one that installs', async () => {
    await workspace.write('.cache/install.lock', `${process.pid} of-a-live-process`);
    const run = workspace.start('hello.ts', 'world');
    await run.printed(new RegExp(`Waiting for process ${process.pid}, which is installing`));
    await workspace.write('.cache/install.lock', `${await deadProcess()} of-a-dead-process`);
    expect(await run.ended).toMatchObject({ exit: 0, stdout: 'hello world\n' });
  });

  test('take over from one that died, one of them only, and leave no lock behind', async () => {
    await workspace.write('.cache/install.lock', `${await deadProcess()} of-a-dead-process`);
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map((name) => workspace.run('hello.ts', name)));
    expect(runs.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
    expect(runs.filter(({ stderr }) => stderr.includes('Installing'))).toHaveLength(1);
    // Beside the compiled code of the commands.
    expect(await readdir(join(workspace.root, '.cache'))).toEqual(['node']);
  });
});

async function lockFile(): Promise<string> {
  return readFile(join(workspace.root, 'pnpm-lock.yaml'), 'utf8');
}

async function deadProcess(): Promise<number> {
  const { pid, ended } = startChild(process.execPath, ['--version']);
  await ended;
  return pid;
}
