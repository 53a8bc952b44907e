import { readFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { listen, makeCertificate, requires, tempFolder, until } from '@airline/testing';
import { expect, onTestFinished, test } from 'vitest';
import { response, startRawSubgraph } from '../sources/raw-subgraph.fixture.ts';
import { clientWith, ok, trusting } from './http-client.fixture.ts';

/** A response of so many bytes in all, with another one behind it. */
function twoResponses(bytes: number): Buffer {
  const frame = response('x'.repeat(bytes)).length - bytes;
  const first = response('x'.repeat(bytes - frame));
  expect(first).toHaveLength(bytes);
  return Buffer.concat([first, response('{"other":1}')]);
}

test('a response that comes at once behind one which ends with what is read is not that to the next request', async () => {
  const { url, connected } = await startRawSubgraph((socket, nth) =>
    socket.write(nth === 1 ? twoResponses(64 * 1024) : response('{}')),
  );
  const { post } = clientWith({ connections: 1 });
  const [, second] = await Promise.all([post(url), post(url)]);
  expect(second).toEqual(ok('{}'));
  expect(connected()).toBe(2);
});

test('nor is one that comes in a record of TLS of its own', requires('openssl').options, async () => {
  await using folder = await tempFolder();
  const { key, certificate } = makeCertificate(folder.path);
  const cert = readFileSync(certificate, 'utf8');
  let asked = 0;
  const server = createSecureServer({ key: readFileSync(key, 'utf8'), cert }, (socket) => {
    socket
      .on('error', () => {})
      .on('data', () => {
        asked += 1;
        socket.write(asked === 1 ? twoResponses(16 * 1024) : response('{}'));
      });
  });
  onTestFinished(() => void server.close());
  trusting(cert);
  const { post } = clientWith({ connections: 1 });
  const url = `https://localhost:${await listen(server)}/graphql`;
  const [, second] = await Promise.all([post(url), post(url)]);
  expect(second).toEqual(ok('{}'));
});

test('a connection whose server responds to what it does not read is not used again', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)).on('error', () => {}));
    socket.once('data', () => socket.pause().write(response('{}')));
  });
  const url = `http://127.0.0.1:${await listen(server)}/graphql`;
  onTestFinished(() => void server.close());
  const { post } = clientWith({ keepAliveMs: 600_000 });
  expect(await post(url, 'x'.repeat(32_000_000))).toEqual(ok('{}'));
  for (const socket of sockets) socket.resume();
  await until('it is closed', () => sockets.size === 0);
});
