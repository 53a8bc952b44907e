// @ts-check
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';

const POLL_MS = 200;

/**
 * Acquires a lock between processes of one machine: a file with its holder's process id. The lock of a holder that is not
 * alive is taken over.
 *
 * @param {string} path the lock file; its folder is created
 * @param {(pid: number) => void} onWait called once, with the holder's process id, if the lock is held
 * @returns {Promise<{release: () => void}>}
 */
export async function holdLock(path, onWait) {
  mkdirSync(dirname(path), { recursive: true });
  let waited = false;
  for (;;) {
    const mine = `${process.pid} ${randomUUID()}`;
    if (create(path, mine)) return { release: () => removeIf(path, mine) };

    const held = read(path);
    if (held === undefined) continue;
    const pid = Number.parseInt(held, 10);
    if (isAlive(pid)) {
      if (!waited) onWait(pid);
      waited = true;
    } else if (removeDead(path, held)) {
      continue;
    }
    await delay(POLL_MS);
  }
}

/**
 * Two processes may find the same dead lock; the slower one must not remove the lock that the faster one has acquired
 * since. So removing this very lock requires a claim, a file that only one can create, and the lock is read again under it.
 *
 * @param {string} path
 * @param {string} held
 * @returns {boolean} false if another process has the claim
 */
function removeDead(path, held) {
  const claim = `${path}.${held.split(' ')[1]}`;
  if (create(claim, String(process.pid))) {
    removeIf(path, held);
    rmSync(claim, { force: true });
    return true;
  }
  const claimant = read(claim);
  if (claimant !== undefined && !isAlive(Number(claimant))) rmSync(claim, { force: true });
  return false;
}

/**
 * @param {string} path
 * @param {string} content
 */
function removeIf(path, content) {
  if (read(path) === content) rmSync(path, { force: true });
}

/**
 * By a link, not by an exclusive open, so that no process reads an unwritten lock.
 *
 * @param {string} path
 * @param {string} content
 * @returns {boolean} false if it exists
 */
function create(path, content) {
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** @param {unknown} error */
function errorCode(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
