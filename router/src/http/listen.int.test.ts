import { createServer, type Server } from 'node:http';
import { Worker } from 'node:worker_threads';
import { portOf } from '@airline/service/server';
import { expect, onTestFinished, test } from 'vitest';
import { createAddressOf } from '../pipeline/address.ts';
import { close, listen } from './listen.ts';

const COUNT = 64;
/** This thread does nothing else while it waits, not even give up the test. */
const HOPELESS_MS = 30_000;
const HOST = '127.0.0.1';
const doorway = { addressOf: createAddressOf(), isBehindProxy: true };
const address = { name: 'router', host: HOST, port: 0, portVariable: 'PORT' };

/** Connects so many times in a thread of its own, and says when the kernel has accepted all. */
const CLIENTS = `
  const { connect } = require('node:net');
  const { workerData: { port, host, count, connected } } = require('node:worker_threads');
  for (let at = 0; at < count; at += 1)
    connect(port, host, () => {
      Atomics.add(connected, 0, 1);
      Atomics.notify(connected, 0);
    });
`;

/** @returns how many connections a server accepts in one turn of the event loop when many have come while it was busy */
async function acceptedInOneTurn(server: Server): Promise<number> {
  let accepted = 0;
  server.on('connection', () => {
    accepted += 1;
  });
  const connected = new Int32Array(new SharedArrayBuffer(4));
  const workerData = { port: portOf(server), host: HOST, count: COUNT, connected };
  const clients = new Worker(CLIENTS, { eval: true, workerData });
  onTestFinished(async () => {
    await clients.terminate();
  });
  for (let seen = 0; seen < COUNT; seen = Atomics.load(connected, 0))
    if (Atomics.wait(connected, 0, seen, HOPELESS_MS) === 'timed-out')
      throw new Error(`Only ${seen} have connected.`);
  // One poll for events lies between two callbacks of this kind.
  await new Promise(setImmediate);
  accepted = 0;
  await new Promise(setImmediate);
  return accepted;
}

test.runIf(process.platform === 'linux')('a busy router accepts many connections in a turn', async () => {
  const server = createServer();
  const listening = await listen(server, address, doorway);
  onTestFinished(async () => {
    server.closeAllConnections();
    await Promise.all(listening.map(close));
  });
  expect(await acceptedInOneTurn(server)).toBeGreaterThan(1);
});

test('where a server of Node’s accepts one', async () => {
  const server = createServer().listen(0, HOST);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await close(server);
  });
  expect(await acceptedInOneTurn(server)).toBeLessThanOrEqual(1);
});

test('a port that another of them has is in use', async () => {
  const server = createServer();
  const listening = await listen(server, address, doorway);
  onTestFinished(async () => {
    await Promise.all(listening.map(close));
  });
  const taken = listen(createServer(), { ...address, port: portOf(server) }, doorway);
  await expect(taken).rejects.toThrow(/is in use. Set PORT/);
});
