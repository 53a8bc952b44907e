import { StartError } from '../errors/start-error.ts';

/**
 * Runs a process's wiring. When it fails, the reason goes to standard error and the process ends with exit code 1. What this machine
 * refuses (a file, a folder, a socket) is a sentence; only what nobody foresaw has its stack.
 */
export async function startProcess(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    process.stderr.write(`${reasonOf(error)}\n`, () => process.exit(1));
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof StartError) return error.message;
  return 'syscall' in error ? `Cannot start: ${error.message}.` : (error.stack ?? error.message);
}
