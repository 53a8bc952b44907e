import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { services, subgraphs } from '@airline/schema/events';
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

test('the picture of README.md and the table of subgraphs/README.md have every subgraph, and no other', () => {
  const [, picture] = /^ *router --> (.*)$/m.exec(readFileSync(join(root, 'README.md'), 'utf8')) ?? [];
  expect(picture?.split(' & ')).toEqual(services);
  const rows = proseOf('subgraphs/README.md').matchAll(/^\| \[(\w+)\]\(\w+\/schema\.graphql\) \|/gm);
  expect([...rows].map(([, name]) => name)).toEqual(services);
});

test('the table of subgraphs/README.md has each event that a service publishes, and no other', () => {
  const text = readFileSync(join(root, 'subgraphs/README.md'), 'utf8');
  const rows = text.matchAll(/^\| \[(\w+)\]\(\w+\/schema\.graphql\) \|.*\| (.*) \|$/gm);
  const listed = [...rows].map(([, name, events = '']) => [
    name,
    [...events.matchAll(/`(\w+)`/g)].map(([, type]) => type),
  ]);
  expect(listed).toEqual(
    services.map((name) => {
      const { events, unpublished = [] }: { events: object; unpublished?: readonly string[] } =
        subgraphs[name];
      return [name, Object.keys(events).filter((type) => !unpublished.includes(type))];
    }),
  );
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

/** What stands in a section: the rows of its table, or the points of its list. */
function rowsOf(text: string, heading: string): string[] {
  const [, section = ''] = text.split(new RegExp(`^## ${heading}[^\\n]*$`, 'm'));
  const [own = ''] = section.split(/^## /m);
  return own
    .split('\n\n')
    .flatMap((paragraph) => paragraph.trim().split(/^(?=\| |- \*\*)/m))
    .filter((row) => /^(\| (?!…|---)|- \*\*)/.test(row));
}

/**
 * Why nothing shows a row: its links to tests name none by their title, or one that is not in the file. A title may be that of a
 * group of tests.
 */
function unshown(row: string, sourceOf: (target: string) => string): string | undefined {
  const links = [...row.matchAll(/\]\(([^)\s]+\.(?:test|contract)\.ts)(?: "([^"]*)")?\)/g)];
  const named = ([, target = '', title = '']: readonly string[]) => {
    const literal = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return title !== '' && new RegExp(`\\(\\s*(['"\`])${literal}\\1`).test(sourceOf(target));
  };
  if (links.length === 0) return `no test: ${row}`;
  const [unnamed] = links.filter((link) => !named(link));
  return unnamed && `no such test: ${unnamed[0]}`;
}

const happenings = documents
  .map((file) => ({ file, rows: rowsOf(readFileSync(join(root, file), 'utf8'), 'What happens when') }))
  .filter(({ rows }) => rows.length > 0);

test('what happens when something fails is said in eight documents', () => {
  expect(happenings).toHaveLength(8);
});

test.each(happenings)('$file: each "what happens when" names the test that shows it', ({ file, rows }) => {
  const sourceOf = (target: string) => readFileSync(join(root, dirname(file), target), 'utf8');
  expect(rows.flatMap((row) => unshown(row, sourceOf) ?? [])).toEqual([]);
});

test('control: a row without a test, with a test of no title or of one that is not there, is found', () => {
  const source = "test.each([1])('is (so) %s', () => {}); // 'only said'";
  const link = (title: string) => `| it fails | it says so | [a](src/a.unit.test.ts${title}) |`;
  const found = ['| it fails | it says so | often |', link(''), link(' "only said"'), link(' "is (so) %s"')];
  expect(found.map((row) => unshown(row, () => source) !== undefined)).toEqual([true, true, true, false]);
  const text = `## What happens when …\n\n| … | then |\n| --- | --- |\n${link('')}\n- **It fails.** So.\n  And so.\n\n## Next\n\n| no | row |`;
  expect(rowsOf(text, 'What happens when')).toEqual([`${link('')}\n`, '- **It fails.** So.\n  And so.']);
});
