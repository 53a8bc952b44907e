#!/usr/bin/env node
// @ts-check
/**
 * Runs one of the workspace's commands: `node infra/system/local/run.mjs [--node-option…] <file.ts | binary> [args…]`, from the
 * workspace's root.
 *
 * It is plain JavaScript without dependencies, because it installs the rest: it runs on any Node from 20 on with only npm,
 * installs the workspace's packages when they are missing or outdated, and runs the command on a Node that strips types,
 * with a cache of compiled code in `.cache`: a whole system starts with a third less work. All that the command starts has
 * both, too. It exits like the command (exit code or signal).
 */
import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { binaryScript } from './bootstrap/binary.mjs';
import { runInForeground } from './bootstrap/foreground.mjs';
import { install } from './bootstrap/install.mjs';
import { chooseNode } from './bootstrap/node.mjs';
import { Refusal } from './bootstrap/refusal.mjs';

const root = resolve(import.meta.dirname, '../../..');

/** @param {string[]} argv */
async function main(argv) {
  const start = argv.findIndex((word) => !word.startsWith('--'));
  const [command, ...args] = start < 0 ? [] : argv.slice(start);
  if (command === undefined) {
    throw new Refusal(
      'Usage: node infra/system/local/run.mjs [--node-option…] <file.ts | binary of a development dependency> [arguments…]',
    );
  }
  await install(root);
  const node = chooseNode(root);
  const script = /\.[cm]?[jt]s$/.test(command) ? resolve(root, command) : binaryScript(root, command);
  if (!existsSync(script)) throw new Refusal(`No such file: ${script}.`);
  const path = [dirname(node), join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const options = [...argv.slice(0, start), `--import=${preload('closed-pipe')}`];
  const NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --import=${preload('drizzle-imports')}`;
  await runInForeground(node, [...options, script, ...args], {
    cwd: root,
    env: { ...process.env, PATH: path, NODE_OPTIONS, NODE_COMPILE_CACHE: join(root, '.cache/node') },
  });
}

/** @param {string} name */
const preload = (name) => pathToFileURL(join(import.meta.dirname, `bootstrap/${name}.mjs`)).href;

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
