import type { Logger } from '@airline/observability';

/** Exit code of a process that a second signal ends at once, as shells report SIGINT. */
const interrupted = 130;

/** One Ctrl-C reaches a process more than once: from the terminal, and handed on by npm and whoever else stands above. */
const echoMs = 500;

/**
 * Ends the process in order on SIGINT or SIGTERM: `close` runs once, then exit code 0. A second signal exits with 130
 * at once; a `close` that fails, or takes longer than `limitMs` (10 seconds when left out) beyond the `drainMs` that it waits
 * for clients, is logged and exits with 1.
 *
 * @returns stops listening for signals
 */
export function onShutdown(
  close: () => Promise<void>,
  options: { logger: Logger; limitMs?: number; drainMs?: number },
): () => void {
  const { logger, drainMs = 0 } = options;
  const limitMs = (options.limitMs ?? 10_000) + drainMs;
  let closingSince: number | undefined;

  const onSignal = (signal: NodeJS.Signals) => {
    if (closingSince !== undefined && performance.now() - closingSince < echoMs) return;
    if (closingSince !== undefined) {
      logger.warn({ signal }, 'second signal: exiting without waiting');
      process.exit(interrupted);
    }
    closingSince = performance.now();
    logger.info({ signal }, 'shutting down');
    setTimeout(() => {
      logger.error({ limitMs }, `shutting down took longer than ${limitMs} ms: exiting with work unfinished`);
      process.exit(1);
    }, limitMs);
    close().then(
      () => {
        logger.info('shut down');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'shutting down failed');
        process.exit(1);
      },
    );
  };

  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return () => {
    process.off('SIGINT', onSignal);
    process.off('SIGTERM', onSignal);
  };
}
