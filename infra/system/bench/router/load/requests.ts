import { connect, type Socket } from 'node:net';
import { type Response, ResponseReader } from '../../response-reader.ts';
import { MeasuringWindow, type WindowOptions } from './window.ts';

// Sends one request again and again, each connection the next one when it has the response: `requests.ts OPTIONS`. Prints what it
// measured.

export interface RequestLoad extends WindowOptions {
  readonly url: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly connections: number;
  /** Length in bytes of the checked response. */
  readonly expectedBytes: number;
}

// Written by the benchmark.
const options = JSON.parse(process.argv[2] ?? '') as RequestLoad;
const { host, hostname, port, pathname } = new URL(options.url);
const headers = Object.entries(options.headers).map(([name, value]) => `${name}: ${value}\r\n`);
const request = Buffer.from(
  `POST ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
    `${headers.join('')}content-length: ${Buffer.byteLength(options.body)}\r\n\r\n${options.body}`,
);
const window = new MeasuringWindow(options);
const sockets = new Set<Socket>();

function faultOf({ status, bytes }: Response): string | undefined {
  if (status === 200 && bytes === options.expectedBytes) return undefined;
  return `status ${status}, ${bytes} bytes in place of ${options.expectedBytes}`;
}

function open(): void {
  const socket = connect(Number(port), hostname).setNoDelay();
  const reader = new ResponseReader();
  let begun = performance.now();
  const end = (failure: string | undefined) => {
    window.add(performance.now() - begun, failure);
    begun = performance.now();
  };
  sockets.add(socket);
  socket.on('connect', () => socket.write(request));
  socket.on('data', (data: Buffer) => {
    const response = reader.read(data);
    if (!response) return;
    end(faultOf(response));
    if (window.isRunning) socket.write(request);
  });
  socket.on('error', ({ message }) => end(message));
  socket.on('close', () => {
    sockets.delete(socket);
    if (!window.isRunning) return;
    end('the connection was closed');
    // Not at once: a server that refuses connections would leave no time for anything else.
    setImmediate(open);
  });
}

for (let opened = 0; opened < options.connections; opened += 1) open();
const measured = await window.measured;
for (const socket of sockets) socket.destroy();
process.stdout.write(`${JSON.stringify(measured)}\n`);
