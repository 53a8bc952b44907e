import { once } from 'node:events';
import { existsSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Worker } from 'node:worker_threads';
import { createLogger } from '@airline/observability';
import { startProcess } from '../runtime/start.ts';
import { Health } from './health.ts';
import { serveWithHealth } from './health-server.ts';
import { portOf } from './listening.ts';

// A process for the tests of health. From SIGUSR2 on its event loop does not turn until the file exists that its first argument
// names; on SIGHUP its thread ends. Its second argument says when it counts as hung.

const [release = '', hungAfterMs] = process.argv.slice(2);
const logger = createLogger({ service: 'test', pretty: false });
let thread: Worker | undefined;
process.once('worker', (started) => {
  thread = started;
});

process.on('SIGHUP', () => thread?.terminate());
process.on('SIGUSR2', () => {
  writeSync(1, 'blocked\n');
  const nothing = new Int32Array(new SharedArrayBuffer(4));
  while (!existsSync(release)) Atomics.wait(nothing, 0, 0, 10);
});

await startProcess(async () => {
  const options = { name: 'test', host: '127.0.0.1', port: 0, health: new Health({ logger }), logger };
  const limit = hungAfterMs === undefined ? undefined : Number(hungAfterMs);
  await serveWithHealth({ ...options, hungAfterMs: limit }, async () => {
    const server = createServer((_, response) => response.end('free'));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    logger.info({ port: portOf(server) }, 'serving');
    return { close: async () => {} };
  });
});
