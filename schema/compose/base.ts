import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SUPERGRAPH_PATH } from './supergraph-file.ts';

const run = promisify(execFile);

/** The supergraph that clients have now, or why there is none to compare with. */
export type Base = { revision: string; supergraphSdl: string } | { revision?: undefined; missing: string };

/**
 * Reads the checked-in supergraph at a revision: at `requested` if given; else at the merge base with `origin/main`;
 * and at `HEAD~1` when there is no `origin/main`, or when it holds all of HEAD, since a commit compared with itself
 * says nothing. Throws when `requested` names no commit.
 */
export async function readBase(root: string, requested?: string): Promise<Base> {
  const revision =
    requested === undefined ? await defaultRevision(root) : await resolveCommit(root, requested);
  if (revision === undefined) {
    if (requested !== undefined) {
      throw new Error(`--base ${requested}: no such commit here. Fetch it first, or name another.`);
    }
    return {
      missing: 'no earlier commit is at hand; a shallow clone needs more history, or give --base REV',
    };
  }
  const supergraphSdl = await git(root, ['show', `${revision}:./${SUPERGRAPH_PATH}`]);
  if (supergraphSdl === undefined) return { missing: `${SUPERGRAPH_PATH} is not in ${revision}` };
  return { revision, supergraphSdl };
}

async function defaultRevision(root: string): Promise<string | undefined> {
  const head = await resolveCommit(root, 'HEAD');
  const mergeBase = (await git(root, ['merge-base', 'origin/main', 'HEAD']))?.trim();
  return mergeBase !== undefined && mergeBase !== head ? mergeBase : resolveCommit(root, 'HEAD~1');
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
