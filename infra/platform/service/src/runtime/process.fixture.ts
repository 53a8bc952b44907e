import { createLogger } from '@airline/observability';
import { StartError } from '../errors/start-error.ts';
import { onShutdown } from './shutdown.ts';
import { startProcess } from './start.ts';

/** A process for the tests of signals and exit codes; its first argument names its behaviour. */
const behaviour = process.argv[2];
const logger = createLogger({ service: 'test', pretty: false });

const closings: Record<string, () => Promise<void>> = {
  prompt: async () => logger.info('closed in order'),
  slow: () =>
    new Promise((resolve) => {
      setTimeout(() => {
        logger.info('closed in the end');
        resolve();
      }, 100);
    }),
  failing: () => Promise.reject(new Error('the store would not close')),
  stuck: () => new Promise(() => {}),
};
const starts: Record<string, () => Promise<void>> = {
  refused: () => Promise.reject(new StartError('port 4001 is in use. Set TEST_PORT.')),
  broken: () => Promise.reject(new Error('unforeseen')),
};

await startProcess(async () => {
  await starts[behaviour ?? '']?.();
  const close = closings[behaviour ?? ''];
  if (close === undefined) return;
  onShutdown(close, { logger, timeoutMs: process.argv[3] === undefined ? 60_000 : Number(process.argv[3]) });
  setInterval(() => {}, 60_000);
  logger.info('started');
});
