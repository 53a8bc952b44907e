import { spawnSync } from 'node:child_process';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { FolderInUseError, holdFolder } from './hold-folder.ts';

async function folder(): Promise<string> {
  const made = await tempFolder();
  onTestFinished(() => made[Symbol.asyncDispose]());
  return made.path;
}

test('a folder is held once, until it is released', async () => {
  const path = `${await folder()}/made/as/needed`;
  const { release } = holdFolder(path);
  expect(() => holdFolder(path)).toThrow(FolderInUseError);
  release();
  holdFolder(path).release();
});

test('a process that is killed holds it no longer', async () => {
  const path = await folder();
  const module = new URL('./hold-folder.ts', import.meta.url).href;
  const script = `const { holdFolder } = await import(${JSON.stringify(module)});
    holdFolder(${JSON.stringify(path)});
    process.stdout.write('held', () => process.kill(process.pid, 'SIGKILL'));`;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  expect([String(stdout), signal]).toEqual(['held', 'SIGKILL']);
  holdFolder(path).release();
});
