// @ts-check
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { Refusal } from './refusal.mjs';

/**
 * The Node that runs the workspace's TypeScript: this process's, when it satisfies `devEngines.runtime.version` of
 * package.json (a lower bound, `>=24.3.0`: from there on Node strips types without a warning), else the one installed as
 * a development dependency.
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
      `Requires Node ${version}; this is ${process.version}, and ${installed} is missing.\n` +
        'If npm is configured with ignore-scripts=true, allow scripts and remove node_modules, or install ' +
        'a newer Node.',
    );
  }
  const trial = spawnSync(installed, ['--version'], { encoding: 'utf8' });
  if (trial.status === 0) return installed;
  const remedy = `${trial.stderr}`.includes('libatomic')
    ? 'It requires the library libatomic. Install it: `apt-get install libatomic1` (Debian, Ubuntu), `dnf install ' +
      'libatomic` (Fedora, RHEL), `apk add libatomic` (Alpine); or install a newer Node.'
    : 'Install a newer Node.';
  const causes = [trial.stderr, trial.error?.message, `it exited with ${trial.status ?? trial.signal}`];
  throw new Refusal(
    `Requires Node ${version}; this is ${process.version}, and the installed ${installed} does not start:\n` +
      `${causes.find(Boolean)?.trim()}\n${remedy}`,
  );
}

/**
 * @param {string} version
 * @param {string} bound
 */
function isAtLeast(version, bound) {
  return version.localeCompare(bound, 'en', { numeric: true }) >= 0;
}
