/**
 * A failed start that the operator can correct: an invalid variable, a port in use, an unreadable file. Its message names
 * the cause and the remedy, so it is shown without a stack.
 */
export class StartError extends Error {
  override name = 'StartError';
}

/**
 * Runs a process's wiring. When it fails, the reason goes to standard error (a StartError as its message alone,
 * anything else with its stack) and the process ends with exit code 1.
 */
export async function startProcess(start: () => Promise<void>): Promise<void> {
  try {
    await start();
  } catch (error) {
    const reason =
      error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${reason}\n`, () => process.exit(1));
  }
}
