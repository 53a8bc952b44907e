// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Runs a program to its end and collects its output of both streams. Forwards SIGINT and SIGTERM to it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<import('node:child_process').SpawnOptions, 'stdio'>} options
 * @returns {Promise<{ended: number | string, output: string, interrupted: NodeJS.Signals | undefined}>} the exit code, or the
 *   signal or error that ended it; its output; and the last signal that was forwarded
 */
export function capture(command, args, options) {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  /** @type {NodeJS.Signals | undefined} */
  let interrupted;
  const forward = (/** @type {NodeJS.Signals} */ signal) => {
    interrupted = signal;
    child.kill(signal);
  };
  process.on('SIGINT', forward).on('SIGTERM', forward);
  return new Promise((resolve) => {
    const end = (/** @type {number | string} */ ended) => resolve({ ended, output, interrupted });
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code ?? signal ?? 'no exit code'));
  }).finally(() => process.off('SIGINT', forward).off('SIGTERM', forward));
}
