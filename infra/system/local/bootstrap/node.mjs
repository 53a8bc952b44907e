// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Refusal } from './refusal.mjs';

/**
 * The Node that runs the workspace's TypeScript: the one we run on, when it satisfies `devEngines.runtime.version` of
 * package.json (a lower bound, `>=24.3.0`: from there on Node strips types without a warning), else the one that was
 * installed as a development dependency.
 *
 * @param {string} root the workspace's root folder
 * @returns {string} the absolute path of a Node binary
 * @throws {Refusal} when the installed one is missing or cannot start here
 */
export function chooseNode(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devEngines.runtime;
  if (isAtLeast(process.versions.node, version.replace('>=', ''))) return process.execPath;

  const installed = join(root, 'infra/system/local/node_modules/node/bin/node');
  if (!existsSync(installed)) {
    throw new Refusal(
      `This needs Node ${version}; here is ${process.version}, and ${installed}, which should have been installed, is ` +
        'missing.\nIf npm is configured with ignore-scripts=true, allow scripts and remove node_modules, or install ' +
        'a newer Node.',
    );
  }
  const trial = spawnSync(installed, ['--version'], { encoding: 'utf8' });
  if (trial.status === 0) return installed;
  const remedy = `${trial.stderr}`.includes('libatomic')
    ? 'It needs the library libatomic. Install it: `apt-get install libatomic1` (Debian, Ubuntu), `dnf install ' +
      'libatomic` (Fedora, RHEL), `apk add libatomic` (Alpine); or install a newer Node.'
    : 'Install a newer Node by the means of this system.';
  const cause = (
    trial.stderr ||
    trial.error?.message ||
    `it ended with ${trial.status ?? trial.signal}`
  ).trim();
  throw new Refusal(
    `This needs Node ${version}; here is ${process.version}, and the one installed for it does not start:\n` +
      `${cause}\n${remedy}`,
  );
}

/**
 * @param {string} version
 * @param {string} bound
 */
function isAtLeast(version, bound) {
  return version.localeCompare(bound, 'en', { numeric: true }) >= 0;
}
