import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { changedSince, findBase, latestTag, readAt } from '@airline/schema/base';
import { type Journal, journalOf, MigrationError, readJournal } from './chain.ts';
import { dialects, type StoreFolder } from './stores.ts';

/**
 * Checks that the migrations of the base revision (see `findBase`) and of the newest tag are as they were: databases have applied
 * them, and do not apply them again. Returns why there is nothing to compare with, if so.
 *
 * @throws MigrationError
 */
export async function checkReleased(
  stores: readonly StoreFolder[],
  root: string,
  requested?: string,
): Promise<string | undefined> {
  const base = await findBase(root, requested);
  const tag = await latestTag(root);
  const released = new Set([base.revision, tag].filter((revision) => revision !== undefined));
  const folders = stores.flatMap(({ migrations }) => dialects.map((dialect) => join(migrations, dialect)));
  for (const revision of released) {
    const changed = await Promise.all(folders.map((folder) => changedFiles(root, revision, folder)));
    refuse(revision, changed.flat());
  }
  return base.revision === undefined && tag === undefined ? base.missing : undefined;
}

function refuse(revision: string, files: readonly string[]): void {
  if (files.length === 0) return;
  const short = revision.slice(0, 12);
  throw new MigrationError(
    `Migrations of ${short} have changed, which databases may have applied and do not apply again:\n` +
      `${files.map((file) => `  ${file}\n`).join('')}` +
      `Restore each (git checkout ${short} -- FILE), and change the tables by a further one: npm run migrations -- <name>.`,
  );
}

/** The files of a chain that are not as they were; its journal may have grown. */
async function changedFiles(root: string, revision: string, folder: string): Promise<string[]> {
  const changed = await changedSince(root, revision, folder);
  const isKept = await Promise.all(
    changed.map(async ({ file }) => {
      if (resolve(root, file) !== journalOf(folder)) return false;
      const before: Journal = JSON.parse((await readAt(root, revision, file)) ?? '{ "entries": [] }');
      const present = readJournal(folder)?.entries.slice(0, before.entries.length);
      return isDeepStrictEqual(present, before.entries);
    }),
  );
  return changed.filter((_, index) => !isKept[index]).map(({ file }) => file);
}
