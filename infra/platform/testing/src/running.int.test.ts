import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startChild } from './child-process.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

const HANGING = `
  import { writeFileSync } from 'node:fs';
  import { test } from 'vitest';
  import { startChild } from '${join(import.meta.dirname, 'child-process.ts')}';
  test('starts what is never ready', async ({ task }) => {
    const child = startChild(process.execPath, ['--eval', 'setInterval(() => {}, 1000)']);
    writeFileSync(\`\${import.meta.dirname}/\${task.file.name}.pid\`, String(child.pid));
    await child.printed(/ready/);
    await child[Symbol.asyncDispose]();
  }, 1);
`;

const runs = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

// Vitest has two files in one process here, as unit and int have.
test('what a start that timed out has started is killed at the end of its file', async () => {
  // Inside the workspace, so that the tests in it find vitest.
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  const folder = await mkdtemp(join(ROOT, '.cache/running-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const setupFile = join(import.meta.dirname, 'running.setup.ts');
  await writeFile(
    join(folder, 'vitest.config.ts'),
    `export default { test: {
      setupFiles: ['${setupFile}'], isolate: false, maxWorkers: 1,
      experimental: { viteModuleRunner: false, nodeLoader: false },
    } };\n`,
  );
  const names = ['one.test.ts', 'other.test.ts'];
  for (const name of names) await writeFile(join(folder, name), HANGING);
  await using child = startChild(process.execPath, [VITEST, 'run', '--root', folder], {
    env: { ...process.env, NO_COLOR: '1' },
  });
  const { stdout } = await child.ended;
  expect(stdout).toMatch(/Tests +2 failed/);
  const pids = await Promise.all(names.map((name) => readFile(join(folder, `${name}.pid`), 'utf8')));
  expect(pids.map(Number).filter(runs)).toEqual([]);
});
