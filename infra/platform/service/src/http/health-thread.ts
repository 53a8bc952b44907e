import { parentPort, workerData } from 'node:worker_threads';
import { HealthBoard } from './health-board.ts';
import { createInternalServer } from './internal-server.ts';
import { portOf } from './listening.ts';

/** What the thread of `serveWithHealth` is started with. */
export interface HealthThreadData {
  readonly memory: SharedArrayBuffer;
  readonly host: string;
  readonly port: number;
  readonly hungAfterMs: number | undefined;
}

// A module of its own, which imports next to nothing: in the image it is a file beside the service's. What it throws ends the
// process.
const { memory, host, port, hungAfterMs }: HealthThreadData = workerData;
const board = new HealthBoard(memory);
const methods = ['GET', 'HEAD'];

const server = createInternalServer(({ method = '', url }, response) => {
  const path = methods.includes(method) ? url?.split('?', 1)[0] : undefined;
  const found = board.respond(path, process.hrtime.bigint(), hungAfterMs);
  if (!found) {
    response.writeHead(404).end();
    return;
  }
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(found.code, headers).end(JSON.stringify(found.body));
});
server.listen({ host, port }, () => parentPort?.postMessage(portOf(server)));
