import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BareWorkspace, bareWorkspace } from './bare-workspace.fixture.ts';

const INSTALLED = /^Installing the dependencies with pnpm [^\n]+\nInstalled in \d+ s\.\n$/;

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
    expect(first).toEqual({ ended: 0, out: 'hello world\n', err: expect.stringMatching(INSTALLED) });
    expect(await workspace.run('hello.ts', 'again')).toEqual({ ended: 0, out: 'hello again\n', err: '' });
  });

  test('installs again when the lock file has changed', async () => {
    await workspace.run('hello.ts');
    await workspace.write('pnpm-lock.yaml', `# changed\n${await lockFile()}`);
    expect((await workspace.run('hello.ts')).err).toMatch(INSTALLED);
  });

  test('shows what pnpm says when it fails, and tries again the next time', async () => {
    await workspace.write('pnpm-lock.yaml', (await lockFile()).replaceAll('greeter', 'someone-else'));
    for (const _ of ['first', 'second']) {
      const { ended, out, err } = await workspace.run('hello.ts');
      expect({ ended, out }).toEqual({ ended: 1, out: '' });
      expect(err).toContain('ERR_PNPM_OUTDATED_LOCKFILE');
      expect(err).toContain('Installing the dependencies failed');
    }
  });
});

describe('several first runs at once', () => {
  test('install once, and all run', async () => {
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map((name) => workspace.run('hello.ts', name)));
    expect(runs.map(({ ended, out }) => ({ ended, out }))).toEqual(
      ['a', 'b', 'c', 'd'].map((name) => ({ ended: 0, out: `hello ${name}\n` })),
    );
    expect(runs.filter(({ err }) => err.includes('Installing'))).toHaveLength(1);
  });

  test('wait for the one that installs', async () => {
    await workspace.write('.cache/install.lock', `${process.pid} of-a-live-process`);
    const run = workspace.start('hello.ts', 'world');
    await run.says(`Waiting for process ${process.pid}, which is installing`);
    await workspace.write('.cache/install.lock', `${await deadProcess()} of-a-dead-process`);
    expect(await run.ended).toMatchObject({ ended: 0, out: 'hello world\n' });
  });

  test('take over from one that died, one of them only, and leave no lock behind', async () => {
    await workspace.write('.cache/install.lock', `${await deadProcess()} of-a-dead-process`);
    const runs = await Promise.all(['a', 'b', 'c', 'd'].map((name) => workspace.run('hello.ts', name)));
    expect(runs.map(({ ended }) => ended)).toEqual([0, 0, 0, 0]);
    expect(runs.filter(({ err }) => err.includes('Installing'))).toHaveLength(1);
    expect(await readdir(join(workspace.root, '.cache'))).toEqual([]);
  });
});

async function lockFile(): Promise<string> {
  return readFile(join(workspace.root, 'pnpm-lock.yaml'), 'utf8');
}

async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  await once(child, 'close');
  return child.pid ?? 0;
}
