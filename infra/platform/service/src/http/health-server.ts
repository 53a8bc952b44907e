import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Logger } from '@airline/observability';
import type { Health } from './health.ts';
import { HealthBoard } from './health-board.ts';
import type { HealthThreadData } from './health-thread.ts';
import { listenError } from './listening.ts';

export interface HealthServerOptions {
  /** The service's name. */
  readonly name: string;
  readonly host: string;
  /** A separate port, served by a thread of its own; 0 picks a free one. Undefined: the server's own port alone serves health. */
  readonly port: number | undefined;
  readonly health: Health;
  readonly logger: Logger;
  /** How long the event loop may take for a turn before it counts as hung; default 20 seconds. */
  readonly hungAfterMs?: number | undefined;
}

/** How often the process reports that it turns, and its readiness. */
const REPORT_MS = 1_000;

/**
 * Starts a server, and with it a thread that serves `/health/live` and `/health/ready` on a port of its own, where there is one:
 * under load a turn of the event loop takes seconds, and a probe that timed out would take the replica out of service.
 *
 * @param serve starts the server; until then readiness is 503
 * @throws StartError when the port cannot be listened on
 */
export async function serveWithHealth<Server extends { close(): Promise<void> }>(
  options: HealthServerOptions,
  serve: () => Promise<Server>,
): Promise<Server> {
  const { port, health, logger } = options;
  if (port === undefined) return await serve();
  const board = new HealthBoard();
  board.beat(process.hrtime.bigint());
  const thread = await startThread({ ...options, port }, board.memory);
  logger.info({ port: thread.port }, 'serving health');
  const report = async () => {
    board.beat(process.hrtime.bigint());
    board.report((await health.readiness()).status);
  };
  try {
    const server = await serve();
    void report();
    const reporting = setInterval(report, REPORT_MS);
    return {
      ...server,
      close: async () => {
        board.report('shutting down');
        await server.close();
        clearInterval(reporting);
        await thread.close();
      },
    };
  } catch (error) {
    await thread.close();
    throw error;
  }
}

interface Listening extends HealthServerOptions {
  readonly port: number;
}

async function startThread({ name, host, port, hungAfterMs }: Listening, memory: SharedArrayBuffer) {
  const workerData: HealthThreadData = { memory, host, port, hungAfterMs };
  const thread = new Worker(new URL('./health-thread.ts', import.meta.url), {
    name: 'health',
    workerData,
    // It holds next to nothing, and would else let garbage grow as the process does.
    resourceLimits: { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 },
  });
  let listening: number;
  try {
    [listening] = await once(thread, 'message');
  } catch (error) {
    throw listenError(error, { name: `${name} health`, host, port, portVariable: 'HEALTH_PORT' });
  }
  // Thrown here, like an error of the thread itself, it ends the process: without the thread nothing shows how it is.
  const ended = (code: number) => {
    throw new Error(`The thread that serves HEALTH_PORT has ended with exit code ${code}.`);
  };
  thread.once('exit', ended);
  return {
    port: listening,
    close: async () => {
      thread.off('exit', ended);
      await thread.terminate();
    },
  };
}
