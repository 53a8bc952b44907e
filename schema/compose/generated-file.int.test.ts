import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SUPERGRAPH_PATH, supergraphFileText, updateFile } from './generated-file.ts';

const TEXT = supergraphFileText('type Query {\n  flight: ID\n}');

let root: string;
let lines: string[];
const update = (check: boolean, text = TEXT) => {
  lines = [];
  return updateFile(SUPERGRAPH_PATH, text, { root, check, print: (line) => lines.push(line) });
};

beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'generated-'));
  await mkdir(path.join(root, 'schema'));
});
afterEach(() => rm(root, { recursive: true }));

describe('updateFile', () => {
  test('writes the file, which is then up to date', async () => {
    expect(await update(false)).toBe(true);
    expect(await update(true)).toBe(true);
    expect(lines).toEqual([`${SUPERGRAPH_PATH} is up to date.`]);
  });

  test('fails the check of a missing file', async () => {
    expect(await update(true)).toBe(false);
    expect(lines.join()).toMatch(/is missing: run `npm run compose`/);
  });

  test.each([
    ['its sources changed', TEXT.replace('ID', 'ID!')],
    ['it was edited', `${TEXT}# by hand\n`],
  ])('fails the check of a stale file: %s', async (_, text) => {
    await writeFile(path.join(root, SUPERGRAPH_PATH), text);
    expect(await update(true)).toBe(false);
    expect(lines.join()).toMatch(/is stale: run `npm run compose`/);
    expect(await readFile(path.join(root, SUPERGRAPH_PATH), 'utf8')).toBe(text);
  });
});
