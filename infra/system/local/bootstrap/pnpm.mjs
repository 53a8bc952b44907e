// @ts-check
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/**
 * The pnpm of the workspace's version: the one on PATH if it is that, else one that npm fetches.
 *
 * @param {string} root the workspace's root folder
 * @returns {{ version: string, command: [string, ...string[]] }} `command` is followed by pnpm's own arguments
 */
export function pnpmOf(root) {
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const version = packageManager.replace('pnpm@', '');
  const fetched = /** @type {const} */ (['npm', 'exec', '--yes', `--package=pnpm@${version}`, '--', 'pnpm']);
  return { version, command: hasPnpm(version) ? ['pnpm'] : [...fetched] };
}

/**
 * Run outside the workspace, where neither pnpm nor corepack downloads the workspace's version.
 * @param {string} version
 */
function hasPnpm(version) {
  const env = { ...process.env, COREPACK_ENABLE_NETWORK: '0' };
  const { stdout } = spawnSync('pnpm', ['--version'], {
    cwd: tmpdir(),
    env,
    encoding: 'utf8',
    timeout: 10_000,
  });
  return stdout?.trim() === version;
}
