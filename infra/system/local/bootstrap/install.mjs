// @ts-check
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { capture } from './capture.mjs';
import { holdLock } from './lock.mjs';
import { pnpmOf } from './pnpm.mjs';
import { Refusal } from './refusal.mjs';

const LOCK_FILE = 'pnpm-lock.yaml';

/**
 * Installs the workspace's packages from pnpm-lock.yaml, unless they are up to date: node_modules holds a hash of the
 * installed lock file, and every package has its own. Of several concurrent processes, one installs and the others wait.
 *
 * @param {string} root the workspace's root folder
 * @param {{ isChanged?: boolean }} [options] isChanged: a package was added, so pnpm updates the lock file
 * @throws {Refusal} when pnpm fails, with its output
 */
export async function install(root, { isChanged = false } = {}) {
  const stamp = join(root, 'node_modules/.installed-lock');
  const isDone = () => {
    if (isChanged || !existsSync(stamp)) return false;
    const lockFile = readFileSync(join(root, LOCK_FILE), 'utf8');
    return readFileSync(stamp, 'utf8') === stampOf(lockFile) && isComplete(root, lockFile);
  };
  if (isDone()) return;

  const lock = await holdLock(join(root, '.cache/install.lock'), (pid) => {
    say(`Waiting for process ${pid}, which is installing the dependencies…`);
  });
  try {
    if (isDone()) return;
    rmSync(stamp, { force: true });
    const before = readFileSync(join(root, LOCK_FILE), 'utf8');
    if (isChanged) await runPnpm(root, 'Adding the package', ['--no-frozen-lockfile', '--prefer-offline']);
    else await runPnpm(root, 'Installing the dependencies', ['--frozen-lockfile']);
    writeFileSync(stamp, stampOf(isChanged ? readFileSync(join(root, LOCK_FILE), 'utf8') : before));
  } finally {
    lock.release();
  }
}

/**
 * The stamp of an up-to-date installation. It includes the platform, since a machine and a container can share a folder.
 * @param {string} lockFile
 */
function stampOf(lockFile) {
  const hash = createHash('sha256').update(lockFile).digest('hex');
  return `${hash} ${process.platform}-${process.arch}\n`;
}

/**
 * Whether each package that the lock file gives dependencies has its node_modules: the importers with a mapping of their own.
 * @param {string} root
 * @param {string} lockFile
 */
function isComplete(root, lockFile) {
  const [importers = ''] = /^importers:\n(?:\n| .*\n)*/m.exec(lockFile) ?? [];
  return Array.from(importers.matchAll(/^ {2}(\S+):$/gm), ([, folder = '']) => join(root, folder)).every(
    (folder) => existsSync(join(folder, 'node_modules')) || !existsSync(join(folder, 'package.json')),
  );
}

/**
 * @param {string} root
 * @param {string} what for people
 * @param {string[]} options
 */
async function runPnpm(root, what, options) {
  const { version, command: pnpm } = pnpmOf(root);
  const [command, ...args] = [...pnpm, 'install', ...options, '--config.confirm-modules-purge=false'];

  say(`${what} with pnpm ${version} (the first time this takes about a minute)…`);
  const begun = performance.now();
  const { ended, output } = await capture(command, args, { cwd: root, shell: process.platform === 'win32' });
  if (ended !== 0) {
    throw new Refusal(
      `${output.trimEnd()}\n${what} failed: \`${command} ${args.join(' ')}\` exited with ${ended}.`,
    );
  }
  say(`Installed in ${Math.round((performance.now() - begun) / 1000)} s.`);
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}
