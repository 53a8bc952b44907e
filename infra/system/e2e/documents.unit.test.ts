import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: root,
  encoding: 'utf8',
});
const documents = listed.split('\n').filter((file) => file !== '' && existsSync(join(root, file)));

/** The text without code, which holds no links and no tables. */
const proseOf = (file: string) =>
  readFileSync(join(root, file), 'utf8')
    .replace(/^( *)```[\s\S]*?^\1```$/gm, '')
    .replace(/`[^`\n]*`/g, '');

describe.each(documents)('%s', (file) => {
  test('links to files that exist', () => {
    const targets = proseOf(file)
      .matchAll(/\]\(([^)\s#]+)[^)]*\)/g)
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target));
    expect([...targets].filter((target) => !existsSync(join(root, dirname(file), target)))).toEqual([]);
  });

  test('has no padded tables', () => {
    const rows = proseOf(file).split('\n');
    expect(rows.filter((line) => /^\s*\|.*(\S {3,}|-{4,})/.test(line))).toEqual([]);
  });
});

test('README.md is under 8 KB', () => {
  expect(readFileSync(join(root, 'README.md')).byteLength).toBeLessThan(8192);
});

test('each threat in SECURITY.md has a test that shows its guard', () => {
  const rows = proseOf('.github/SECURITY.md')
    .split('\n')
    .filter((line) => /^\| (?!threat|---)/.test(line));
  expect(rows).not.toEqual([]);
  expect(rows.filter((row) => !/\| \[[^|]*\.test\.ts\)[^|]*\|$/.test(row))).toEqual([]);
});
