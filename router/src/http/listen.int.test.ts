import { createServer, type Server } from 'node:http';
import { Worker } from 'node:worker_threads';
import { portOf } from '@airline/service/server';
import { until } from '@airline/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAddressOf } from '../admission/address.ts';
import { listen } from './listen.ts';

const COUNT = 64;
/** This thread does nothing else while it waits, not even give up the test. */
const HOPELESS_MS = 30_000;
const HOST = '127.0.0.1';
const clients = {
  addressOf: createAddressOf(),
  isBehindProxy: false,
  limits: { perClient: 1_000, inAll: 10_000 },
};
const proxies = { ...clients, isBehindProxy: true };
const address = { name: 'router', host: HOST, port: 0, portVariable: 'PORT' };

/** Connects so many times in a thread of its own and sends a request each; counts what the kernel has taken and what was responded to. */
const CLIENTS = `
  const { connect } = require('node:net');
  const { workerData: { port, host, count, sent, responses } } = require('node:worker_threads');
  for (let at = 0; at < count; at += 1) {
    const socket = connect(port, host);
    socket.on('error', () => {});
    socket.once('data', () => Atomics.add(responses, 0, 1));
    socket.write('GET / HTTP/1.1\\r\\nhost: localhost\\r\\n\\r\\n', () => {
      Atomics.add(sent, 0, 1);
      Atomics.notify(sent, 0);
    });
  }
`;

const counter = () => new Int32Array(new SharedArrayBuffer(4));

/** Returns when many clients have connected and sent a request, of which the server has had no time to see anything. */
function connectMany(server: Server) {
  const [sent, responses] = [counter(), counter()];
  const workerData = { port: portOf(server), host: HOST, count: COUNT, sent, responses };
  const clients = new Worker(CLIENTS, { eval: true, workerData });
  onTestFinished(async () => {
    await clients.terminate();
  });
  for (let seen = 0; seen < COUNT; seen = Atomics.load(sent, 0))
    if (Atomics.wait(sent, 0, seen, HOPELESS_MS) === 'timed-out')
      throw new Error(`Only ${seen} have connected.`);
  return { responses: () => Atomics.load(responses, 0) };
}

/** @returns how many connections a server accepts in one turn of the event loop when many have come while it was busy */
async function acceptedInOneTurn(server: Server): Promise<number> {
  let accepted = 0;
  server.on('connection', () => {
    accepted += 1;
  });
  connectMany(server);
  // One poll for events lies between two callbacks of this kind.
  await new Promise(setImmediate);
  accepted = 0;
  await new Promise(setImmediate);
  return accepted;
}

/** A server that is closed when the test is over. */
async function startListening(connections: typeof clients, server = createServer()) {
  const close = await listen(server, address, connections);
  onTestFinished(async () => {
    server.closeAllConnections();
    await close();
  });
  return server;
}

describe.runIf(process.platform === 'linux')('in a turn a busy router accepts', () => {
  test('many connections of a proxy', async () => {
    expect(await acceptedInOneTurn(await startListening(proxies))).toBeGreaterThan(8);
  });

  test('one or two of a client', async () => {
    const accepted = await acceptedInOneTurn(await startListening(clients));
    expect(accepted).toBeGreaterThan(0);
    expect(accepted).toBeLessThanOrEqual(2);
  });
});

test('where a server of Node’s accepts one', async () => {
  const server = createServer().listen(0, HOST);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  expect(await acceptedInOneTurn(server)).toBeLessThanOrEqual(1);
});

test('what clients have sent while they waited is read, and not before', async () => {
  const server = createServer((_, response) => void response.end());
  const read = new Set<number>();
  server.on('connection', ({ bytesRead }) => read.add(bytesRead));
  const { responses } = connectMany(await startListening(clients, server));
  await until('all have a response', () => responses() === COUNT);
  expect(read).toEqual(new Set([0]));
});

test('it stops also while clients wait', async () => {
  const server = createServer();
  const close = await listen(server, address, clients);
  await acceptedInOneTurn(server);
  const closed = close();
  server.closeAllConnections();
  await expect(closed).resolves.toBeUndefined();
});

test('a port that another of them has is in use', async () => {
  const server = await startListening(clients);
  const taken = listen(createServer(), { ...address, port: portOf(server) }, clients);
  await expect(taken).rejects.toThrow(/is in use. Set PORT/);
});
