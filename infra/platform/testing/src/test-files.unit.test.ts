import { glob } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../../..');

test('every test file is named for its kind, so that it is run', async () => {
  const exclude = (path: string) => path.endsWith('node_modules');
  const files: string[] = [];
  for await (const file of glob('{schema,infra,subgraphs,router,k8s}/**/*.test.{ts,tsx,mts,js,mjs}', {
    cwd: ROOT,
    exclude,
  })) {
    files.push(file);
  }
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !/\.(unit|int|e2e|long|cluster)\.test\.ts$/.test(file))).toEqual([]);
});
