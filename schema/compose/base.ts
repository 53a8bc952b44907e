import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The revision that clients and readers have now, or why there is none to compare with. */
export type Base =
  | {
      revision: string;
      /** It is HEAD's parent for lack of a base, so earlier changes, and their declarations, may still be unreleased. */
      isParent: boolean;
    }
  | { revision?: undefined; missing: string };

/**
 * Finds the revision to compare with: `requested` if given; else the merge base with `origin/main`; and `HEAD~1` when
 * there is no `origin/main`, or when it holds all of HEAD, since a commit never differs from itself. Throws when
 * `requested` names no commit.
 */
export async function findBase(root: string, requested?: string): Promise<Base> {
  if (requested !== undefined) {
    const revision = await resolveCommit(root, requested);
    if (revision !== undefined) return { revision, isParent: false };
    throw new Error(`--base ${requested}: no such commit here. Fetch it first, or name another.`);
  }
  const head = await resolveCommit(root, 'HEAD');
  const mergeBase = (await git(root, ['merge-base', 'origin/main', 'HEAD']))?.trim();
  if (mergeBase !== undefined && mergeBase !== head) return { revision: mergeBase, isParent: false };
  const revision = await resolveCommit(root, 'HEAD~1');
  if (revision !== undefined) return { revision, isParent: true };
  return { missing: 'no earlier commit is at hand; a shallow clone needs more history, or give --base REV' };
}

/** The newest tag that HEAD holds: its commit, or undefined when there is none. */
export async function latestTag(root: string): Promise<string | undefined> {
  const tag = (await git(root, ['describe', '--tags', '--abbrev=0']))?.trim();
  return tag === undefined ? undefined : await resolveCommit(root, tag);
}

/** The text of a file at a revision, or undefined when it is not there. */
export function readAt(root: string, revision: string, file: string): Promise<string | undefined> {
  return git(root, ['show', `${revision}:./${file}`]);
}

/** The files of a folder that have changed or gone since a revision; new ones are not listed. */
export async function changedSince(
  root: string,
  revision: string,
  folder: string,
): Promise<{ file: string; isRemoved: boolean }[]> {
  const arguments_ = ['diff', '--name-status', '--no-renames', '--relative', revision, '--', folder];
  const lines = ((await git(root, arguments_)) ?? '').split('\n').filter((line) => line !== '');
  return lines.flatMap((line) => {
    const [status = '', file = ''] = line.split('\t');
    return status === 'A' ? [] : { file, isRemoved: status === 'D' };
  });
}

async function resolveCommit(root: string, revision: string): Promise<string | undefined> {
  const arguments_ = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  return (await git(root, arguments_))?.trim();
}

/** Standard output, or undefined when git refuses or is not installed: both mean that there is no history to read. */
async function git(root: string, arguments_: string[]): Promise<string | undefined> {
  try {
    const { stdout } = await run('git', arguments_, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch {
    return undefined;
  }
}
