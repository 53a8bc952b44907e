// @ts-check
import { spawn } from 'node:child_process';
import process from 'node:process';

/**
 * Runs a program to its end and collects what it prints on both streams. SIGINT and SIGTERM are handed on to it.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Omit<import('node:child_process').SpawnOptions, 'stdio'>} options
 * @returns {Promise<{ended: number | string, output: string, interrupted: NodeJS.Signals | undefined}>} the exit code, or the
 *   signal or error that it ended of; what it printed; and the last signal that was handed on
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
  const handOn = (/** @type {NodeJS.Signals} */ signal) => {
    interrupted = signal;
    child.kill(signal);
  };
  process.on('SIGINT', handOn).on('SIGTERM', handOn);
  return new Promise((resolve) => {
    const end = (/** @type {number | string} */ ended) => resolve({ ended, output, interrupted });
    child.once('error', (error) => end(error.message));
    child.once('close', (code, signal) => end(code ?? signal ?? 'no exit code'));
  }).finally(() => process.off('SIGINT', handOn).off('SIGTERM', handOn));
}
