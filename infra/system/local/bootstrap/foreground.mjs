// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import process from 'node:process';

/**
 * Runs a program in our place: it has our terminal, and we end as it ends, never before it.
 *
 * SIGTERM and SIGINT are handed on once. Ctrl-C in a terminal reaches every process there, the program as well, so
 * with a terminal SIGINT is not handed on: a second one means "now" to many programs, and would cut their shutdown short.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>} settles when the program has ended; our exit code is set, or its signal raised
 */
export function runInForeground(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: 'inherit' });
  const seen = new Set();
  const handOn = (/** @type {NodeJS.Signals} */ signal) => {
    if (seen.has(signal)) return;
    seen.add(signal);
    if (signal === 'SIGTERM' || !hasTerminal()) child.kill(signal);
  };
  process.on('SIGINT', handOn).on('SIGTERM', handOn);

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', handOn).off('SIGTERM', handOn);
      if (signal === null) process.exitCode = code ?? 1;
      else process.kill(process.pid, signal);
      resolve();
    });
  });
}

function hasTerminal() {
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return true;
  } catch {
    return false;
  }
}
