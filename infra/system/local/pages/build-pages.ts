import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { holdLock } from '../bootstrap/lock.mjs';
import { runVite } from './run-vite.ts';
import { sourceDigest } from './source-digest.ts';

export interface BuildOptions {
  /** The workspace's root folder. */
  readonly root: string;
  /** Called with lines of progress, for people; not called when the pages are up to date. */
  readonly progress: (line: string) => void;
  /** Writes the pages into a new folder; default Vite. */
  readonly bundle?: (root: string, folder: string) => Promise<void>;
}

/** The file in a build's folder that holds the digest of its sources. */
const STAMP = '.built-from';
const WORK = 'pages-build-';

/**
 * Builds the router's pages into router/web/dist, unless they are up to date, a check of some milliseconds. Of several
 * concurrent processes, one builds and the others wait. A build that fails or is killed leaves the previous one.
 *
 * @returns whether it has built them
 * @throws Error with Vite's output when the build fails
 */
export async function buildPages({ root, progress, bundle = runVite }: BuildOptions): Promise<boolean> {
  const dist = join(root, 'router/web/dist');
  const isFresh = () => {
    const stamp = join(dist, STAMP);
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest(root);
  };
  if (isFresh()) return false;

  const cache = join(root, '.cache');
  const lock = await holdLock(join(cache, 'pages.lock'), (pid) => {
    progress(`Waiting for process ${pid}, which is building the pages…`);
  });
  try {
    if (isFresh()) return false;
    progress('Building the dashboard and the playground (about 20 seconds, and only after changes)…');
    const begun = performance.now();
    // Taken before the build, so that later changes make it stale.
    const digest = sourceDigest(root);
    await removeWork(cache);
    const folder = await mkdtemp(join(cache, WORK));
    const built = join(folder, 'dist');
    await mkdir(built);
    await bundle(root, built);
    await writeFile(join(built, STAMP), digest);
    // Removed, not renamed: in an image's build it may be part of an earlier layer, whose folders cannot be renamed.
    await rm(dist, { recursive: true, force: true });
    await rename(built, dist);
    progress(`Built in ${((performance.now() - begun) / 1000).toFixed(1)} s.`);
    return true;
  } finally {
    await removeWork(cache);
    lock.release();
  }
}

/** Includes the folders of builds that were killed. */
async function removeWork(cache: string): Promise<void> {
  const left = (await readdir(cache)).filter((name) => name.startsWith(WORK));
  await Promise.all(left.map((name) => rm(join(cache, name), { recursive: true, force: true })));
}

/** Builds the pages for a command that can run without them: a failure is only reported as progress. */
export async function tryToBuildPages(options: BuildOptions): Promise<void> {
  try {
    await buildPages(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.progress(`${reason}\nThe pages could not be built; the previous build, if any, is served.\n`);
  }
}
