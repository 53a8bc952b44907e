import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { newSubgraph } from './new-subgraph.ts';

test.each([
  ['Loyalty', /one word of lower-case letters/],
  ['loyalty-points', /one word of lower-case letters/],
  ['../loyalty', /one word of lower-case letters/],
  ['flight', /already/],
])('refuses the name %s, and writes nothing', async (name, reason) => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const list = join(folder.path, 'schema/subgraphs.ts');
  mkdirSync(join(folder.path, 'schema'));
  writeFileSync(list, '} as const satisfies');
  expect(() => newSubgraph(folder.path, name)).toThrow(reason);
  expect(readFileSync(list, 'utf8')).toBe('} as const satisfies');
  expect(existsSync(join(folder.path, 'subgraphs'))).toBe(false);
});

test('writes one where another branch has left no more than installed packages', async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  mkdirSync(join(folder.path, 'schema'));
  writeFileSync(join(folder.path, 'schema/subgraphs.ts'), '} as const satisfies');
  mkdirSync(join(folder.path, 'subgraphs/loyalty/node_modules'), { recursive: true });
  expect(newSubgraph(folder.path, 'loyalty')).toContain('subgraphs/loyalty/package.json');
  expect(() => newSubgraph(folder.path, 'loyalty')).toThrow('already');
});
