import type { Logger } from '@airline/observability';

/** Exit code on a second signal, as shells report SIGINT. */
const INTERRUPTED = 130;

/** One Ctrl-C reaches a process several times: from the terminal, and forwarded by npm and other parents. */
const ECHO_MS = 500;

/**
 * Shuts the process down on SIGINT or SIGTERM: `close` runs once, then exit code 0. A second signal exits with 130 at
 * once. A `close` that fails, or takes longer than `drainMs` (default 0) and `timeoutMs` (default 10 seconds), is logged and
 * exits with 1.
 *
 * @returns stops listening for signals
 */
export function onShutdown(
  close: () => Promise<void>,
  options: { logger: Logger; timeoutMs?: number; drainMs?: number },
): () => void {
  const { logger, drainMs = 0 } = options;
  const timeoutMs = (options.timeoutMs ?? 10_000) + drainMs;
  let closingSince: number | undefined;

  const onSignal = (signal: NodeJS.Signals) => {
    if (closingSince !== undefined && performance.now() - closingSince < ECHO_MS) return;
    if (closingSince !== undefined) {
      logger.warn({ signal }, 'second signal; exiting');
      process.exit(INTERRUPTED);
    }
    closingSince = performance.now();
    logger.info({ signal }, 'shutting down');
    setTimeout(() => {
      logger.error({ timeoutMs }, 'shutdown timed out; exiting');
      process.exit(1);
    }, timeoutMs);
    close().then(
      () => {
        logger.info('shut down');
        process.exit(0);
      },
      (error: unknown) => {
        logger.error({ err: error }, 'shutdown failed');
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
