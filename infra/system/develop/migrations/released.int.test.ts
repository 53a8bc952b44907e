import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '@airline/testing';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { MigrationError } from './chain.ts';
import { checkReleased } from './released.ts';
import { storeFolder } from './stores.ts';

let root: string;

const at = (file: string) => join(root, 'seats/migrations/sqlite', file);
const write = (file: string, text: string) => writeFileSync(at(file), text);
const writeJournal = (...entries: object[]) => write('meta/_journal.json', JSON.stringify({ entries }));
const git = (...args: string[]) => execFileSync('git', args, { cwd: root });
const check = (base?: string) => checkReleased([storeFolder(join(root, 'seats'))], root, base);

const AS = ['-c', 'user.name=Test', '-c', 'user.email=test@example.test'];
const FIRST = { tag: '0000_tables', when: 1 };
const SECOND = { tag: '0001_add-class', when: 2 };

/** A repository whose base has one migration, and whose branch adds another. */
beforeEach(async () => {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  root = folder.path;
  onTestFinished(() => void vi.unstubAllEnvs());
  // A git hook that runs the tests sets these, and git would then work on the repository of the hook.
  for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) vi.stubEnv(name, undefined);
  mkdirSync(at('meta'), { recursive: true });
  git('init', '--quiet');
  write('0000_tables.sql', 'CREATE TABLE seat (id);');
  write('meta/0000_snapshot.json', '{}');
  writeJournal(FIRST);
  git('add', '.');
  git(...AS, 'commit', '--quiet', '-m', 'Commit');
  write('0001_add-class.sql', 'ALTER TABLE seat ADD class;');
  write('meta/0001_snapshot.json', '{}');
  writeJournal(FIRST, SECOND);
});

test('a migration that is added passes, and may be changed until it is released', async () => {
  expect(await check('HEAD')).toBeUndefined();
  git('add', '.');
  write('0001_add-class.sql', 'ALTER TABLE seat ADD cabin;');
  expect(await check('HEAD')).toBeUndefined();
});

test.each<[string, string, () => void]>([
  ['SQL is changed', '0000_tables.sql', () => write('0000_tables.sql', 'CREATE TABLE seat (id, row);')],
  ['SQL is gone', '0000_tables.sql', () => rmSync(at('0000_tables.sql'))],
  ['snapshot is changed', 'meta/0000_snapshot.json', () => write('meta/0000_snapshot.json', '{ }')],
  ['time is changed', 'meta/_journal.json', () => writeJournal({ ...FIRST, when: 2 }, SECOND)],
  ['entry is gone', 'meta/_journal.json', () => writeJournal(SECOND)],
  ['journal is gone', 'meta/_journal.json', () => rmSync(at('meta/_journal.json'))],
])('a released migration whose %s is named', async (_, file, change) => {
  change();
  const error = await check('HEAD').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toContain(`  seats/migrations/sqlite/${file}\nRestore each (git checkout `);
});

test('a migration of the newest tag stays as it is, where later commits have changed it', async () => {
  git('tag', 'v1');
  write('0000_tables.sql', 'CREATE TABLE seat (id, row);');
  git(...AS, 'commit', '--quiet', '-am', 'Change it');
  expect(await check('HEAD').catch(String)).toContain('  seats/migrations/sqlite/0000_tables.sql\n');
});

test('reports that there is no base to compare with', async () => {
  expect(await check()).toMatch(/^no earlier commit is at hand/);
});
