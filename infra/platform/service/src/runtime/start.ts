/**
 * A failed start that the operator can correct: an invalid variable, a port in use, an unreadable file. Its message names
 * the cause and the remedy, so it is shown without a stack.
 */
export class StartError extends Error {
  override name = 'StartError';
}

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
