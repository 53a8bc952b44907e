import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild, tempFolder } from '@airline/testing';
import { expect, test } from 'vitest';
import { pnpmOf } from '../../local/bootstrap/pnpm.mjs';
import { root } from './shipped.ts';

/** Installs a package that has an install script, under the workspace's own settings. */
async function installed(name: string) {
  await using folder = await tempFolder();
  const write = (file: string, content: object) =>
    writeFile(join(folder.path, file), JSON.stringify(content));
  await mkdir(join(folder.path, 'guest'));
  const settings = await readFile(join(root, 'pnpm-workspace.yaml'), 'utf8');
  // A patch of what is not installed fails the installation, too.
  const unpatched = settings.replace(/^patchedDependencies:\n(?: .*\n)+/m, '');
  await writeFile(join(folder.path, 'pnpm-workspace.yaml'), unpatched);
  await write('package.json', { private: true, dependencies: { [name]: 'file:./guest' } });
  const script = `node -e "fs.writeFileSync('${folder.path}/ran', '')"`;
  await write('guest/package.json', { name, version: '1.0.0', scripts: { postinstall: script } });
  const [command, ...args] = pnpmOf(root).command;
  await using pnpm = startChild(command, [...args, 'install', '--offline', '--no-frozen-lockfile'], {
    cwd: folder.path,
  });
  const { exit, stdout } = await pnpm.ended;
  return { exit, stdout, hasRun: existsSync(join(folder.path, 'ran')) };
}

test('an install script of a package that the workspace does not name fails the installation, and does not run', async () => {
  const { exit, stdout, hasRun } = await installed('guest');
  expect({ exit, hasRun }).toEqual({ exit: 1, hasRun: false });
  expect(stdout).toContain('Ignored build scripts: guest');
});

test('that of a package that it names runs', async () => {
  expect(await installed('node')).toMatchObject({ exit: 0, hasRun: true });
});
