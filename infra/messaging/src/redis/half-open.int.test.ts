import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { requires, until } from '@airline/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listener, publisher, run } from '../stream.fixture.ts';
import { startProcess } from '../transport-contract/process.ts';
import { useRedis } from './redis.fixture.ts';

/** A way to Redis on which connections can fall silent without being closed, as when a host or a firewall dies. */
async function wayTo(url: string) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const target = connect(Number(new URL(url).port), '127.0.0.1');
    for (const each of [socket, target]) {
      sockets.add(each);
      each.on('error', () => {});
      each.on('close', () => {
        socket.destroy();
        target.destroy();
      });
    }
    socket.pipe(target).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fallSilent: () => {
      for (const socket of sockets) socket.unpipe().on('data', () => {});
    },
  };
}

describe('connections that have fallen silent', requires('redis-server').options, () => {
  const redis = useRedis();

  it('are opened again', async () => {
    const way = await wayTo(redis.server().url);
    const source = publisher();
    const { publish, consume, tail } = startProcess(
      () => redis.transport({ url: way.url, silentAfterMs: 2500 }),
      source,
    );
    publish();
    const one = listener();
    consume('one', one);
    const { heard } = await tail();
    await source.write(10);
    await until('all arrive', () => one.delivered.length >= 10 && heard.length >= 10);
    way.fallSilent();
    await source.write(10);
    await until('all arrive', () => one.seqs().includes(20) && heard.length >= 20);
    expect([...new Set(one.seqs())]).toEqual(run(1, 20));
    expect(heard).toEqual(run(1, 20));
    expect(await redis.seqsIn(source)).toEqual(run(1, 20));
  });
});
