// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import process from 'node:process';

/**
 * Runs a program in place of this process: on its terminal, and with the same exit code or signal.
 *
 * SIGTERM and SIGINT are forwarded once. Ctrl-C in a terminal reaches every process there, the program as well, so
 * with a terminal SIGINT is not forwarded: a second one makes many programs exit without a clean shutdown.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<void>} settles when the program has ended, with its exit code set, or its signal raised
 */
export function runInForeground(program, args, options) {
  const child = spawn(program, args, { ...options, stdio: 'inherit' });
  const seen = new Set();
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    if (seen.has(signal)) return;
    seen.add(signal);
    if (signal === 'SIGTERM' || !hasTerminal()) child.kill(signal);
  };
  process.on('SIGINT', forward).on('SIGTERM', forward);

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      process.off('SIGINT', forward).off('SIGTERM', forward);
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
