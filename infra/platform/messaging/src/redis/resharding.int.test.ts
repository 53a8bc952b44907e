import { type RedisProcess, requires, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { publisher, run } from '../stream.fixture.ts';
import { startPublishing } from '../transport-contract/process.fixture.ts';
import { useCluster } from './redis.fixture.ts';

describe('a stream whose slot moves to another node', requires('redis-server').options, () => {
  const redis = useCluster();
  const idOf = async (node: RedisProcess) => String(await node.command('CLUSTER', 'MYID'));

  test('is followed there, with its groups', async () => {
    const source = publisher();
    const process = startPublishing(() => redis.transport({ silentAfterMs: 600_000 }), source);
    const one = process.consume('one');
    const { received } = await process.tail(0);
    await source.write(100);
    await until('all arrive', () => one.delivered.length >= 100 && received.length >= 100);

    const { nodes, ownerOf } = redis.running();
    const from = await ownerOf(source.stream);
    const to = nodes.find((node) => node !== from);
    if (!to) throw new Error('There are three nodes.');
    const slot = String(await from.command('CLUSTER', 'KEYSLOT', source.stream));
    await to.command('CLUSTER', 'SETSLOT', slot, 'IMPORTING', await idOf(from));
    await from.command('CLUSTER', 'SETSLOT', slot, 'MIGRATING', await idOf(to));
    await source.write(100);
    await from.command('MIGRATE', '127.0.0.1', String(to.port), source.stream, '0', '5000');
    // Now the old node says ASK, and the new one MOVED: events wait until the move is over.
    await source.write(100);
    await until('it is reported', () => process.transport.lastError());
    for (const node of [to, from]) await node.command('CLUSTER', 'SETSLOT', slot, 'NODE', await idOf(to));

    await source.write(100);
    await until('all arrive', () => new Set(one.seqs()).size >= 400 && received.length >= 400);
    expect(await ownerOf(source.stream)).toBe(to);
    expect(await redis.seqsIn(source)).toEqual(run(1, 400));
    expect(received).toEqual(run(1, 400));
    await until('all is well', () => process.transport.lastError() === undefined);
  });
});
