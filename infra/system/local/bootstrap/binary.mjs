// @ts-check
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Refusal } from './refusal.mjs';

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/**
 * The JavaScript file behind a command of the root package's development dependencies (`vitest`, `tsc`, …).
 *
 * The shell scripts in node_modules/.bin are not used: some of them remain the parent of Node, so that signals do not reach
 * it, and they choose their own Node.
 *
 * @param {string} root the workspace's root folder
 * @param {string} name the command
 * @returns {string} an absolute path
 * @throws {Refusal} when no development dependency has such a command
 */
export function binaryScript(root, name) {
  for (const dependency of Object.keys(readJson(join(root, 'package.json')).devDependencies ?? {})) {
    const manifest = join(root, 'node_modules', dependency, 'package.json');
    const { bin } = readJson(manifest);
    const script = typeof bin === 'string' && dependency.split('/').at(-1) === name ? bin : bin?.[name];
    if (script !== undefined) return resolve(dirname(manifest), script);
  }
  throw new Refusal(`Unknown command "${name}": no development dependency in package.json has it.`);
}
