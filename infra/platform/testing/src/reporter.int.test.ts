import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChild } from './child-process.ts';

const ROOT = resolve(import.meta.dirname, '../../../..');
const VITEST = join(ROOT, 'node_modules/vitest/vitest.mjs');

const PASSING = `import { expect, test } from 'vitest';\ntest('adds', () => { expect(1 + 1).toBe(2); });\n`;
// The reporter is tested on the skips of these sources, which a vitest of their own runs.
const SKIPPING = `
  import { describe, test } from 'vitest';
  import { requires } from '${join(import.meta.dirname, 'requirement.ts')}';
  describe('a relay', requires('no-such-server').options, () => {
    test('publishes', () => {});
    describe('after a restart', () => { test('publishes again', () => {}); });
  });
  test('noted', (context) => { context.skip('there is no time today'); });
  test.skip('bare', () => {});
`;
const FAILING = `
  import { beforeAll, describe, expect, test } from 'vitest';
  test('wrong', () => { expect(1).toBe(2); });
  describe('broken', () => {
    beforeAll(() => { throw new Error('no server'); });
    describe('deeper', () => { test('never runs', () => {}); });
  });
`;
const ASSERTING = `
  import { test } from 'vitest';
  import { until } from '${join(import.meta.dirname, 'until.ts')}';
  test('waits', () => until('it is so', () => true));
  test('asserts nothing', () => {});
`;

let folder: string;

beforeAll(async () => {
  // Inside the workspace, so that the tests in it find vitest.
  await mkdir(join(ROOT, '.cache'), { recursive: true });
  folder = await mkdtemp(join(ROOT, '.cache/reporter-'));
  const config = `export default { test: {
    reporters: ['${join(import.meta.dirname, 'reporter.ts')}'],
    setupFiles: ['${join(import.meta.dirname, 'asserts.setup.ts')}'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
  } };\n`;
  await writeFile(join(folder, 'vitest.config.ts'), config);
  await writeFile(join(folder, 'passing.test.ts'), PASSING);
  await writeFile(join(folder, 'skipping.test.ts'), SKIPPING);
  await writeFile(join(folder, 'failing.test.ts'), FAILING);
  await writeFile(join(folder, 'asserting.test.ts'), ASSERTING);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the closing summary', () => {
  test('counts, and gives each skip its reason', async () => {
    const run = await runTests('', 'passing', 'skipping');
    expect(run.output).toMatch(
      /^skipped: skipping\.test\.ts > a relay \(2 tests\)\n +no-such-server is not on PATH/m,
    );
    expect(run.output).toMatch(/^skipped: skipping\.test\.ts > noted\n +there is no time today/m);
    expect(run.output).toMatch(/^skipped: skipping\.test\.ts > bare\n +no reason is given/m);
    expect(run.output).toMatch(/\n1 passed, 0 failed, 4 skipped \(2 files, \d+ s\)\n*$/);
    expect(run).toMatchObject({ exit: 0, counts: { passed: 1, failed: 0, skipped: 4 } });
  });

  test('fails the run for a skip under CI', async () => {
    const run = await runTests('true', 'passing', 'skipping');
    expect(run.output).toContain('CI is set, so a skipped test fails the run.');
    expect(run).toMatchObject({ exit: 1, counts: { passed: 1, failed: 0, skipped: 4 } });
  });

  test('lets a run without skips pass under CI', async () => {
    expect(await runTests('true', 'passing')).toMatchObject({
      exit: 0,
      counts: { passed: 1, failed: 0, skipped: 0 },
    });
  });

  test('counts a failed hook, and the tests that it prevented as not run', async () => {
    const run = await runTests('', 'failing');
    expect(run.output).toContain('0 passed, 2 failed, 0 skipped, 1 not run (1 files');
    expect(run).toMatchObject({ exit: 1, counts: { passed: 0, failed: 2, skipped: 0 } });
  });
});

test('a test that neither expects anything nor waits for a condition fails', async () => {
  const run = await runTests('', 'asserting');
  expect(run.output).toContain('FAIL  asserting.test.ts > asserts nothing');
  expect(run.output).toContain('The test asserts nothing: add an `expect`');
  expect(run.counts).toEqual({ passed: 1, failed: 1, skipped: 0 });
});

async function runTests(ci: string, ...files: string[]) {
  const report = join(folder, 'report.json');
  const env = { ...process.env, CI: ci, NO_COLOR: '1', AIRLINE_TEST_REPORT: report };
  await using child = startChild(process.execPath, [VITEST, 'run', '--root', folder, ...files], { env });
  const { exit } = await child.ended;
  return { exit, output: child.output(), counts: JSON.parse(await readFile(report, 'utf8')) as unknown };
}
