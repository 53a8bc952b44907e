import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadSubgraphs } from '@airline/local/subgraphs';
import { listensTo, services, streamOf, subgraphs } from '@airline/schema/events';
import {
  execute,
  freePort,
  type GraphQLResponse,
  type RedisServer,
  redisCommand,
  requires,
  startChild,
  startRedisServer,
  tempFolder,
  until,
} from '@airline/testing';
import { writeRows } from '@airline/testing/serve';
import { describe, expect, onTestFinished, test } from 'vitest';
import { settleWell } from './at-rest.ts';
import { commandsOf, mutationsOf, WORLD } from './mutation-inputs/mutations.ts';
import { load } from './operators.ts';
import { rowsOf } from './ownership/world.ts';
import { type System, startOnRedis } from './system.ts';

const delivery = join(import.meta.dirname, '../delivery');
const accounts = join(delivery, 'redis-accounts.acl');
const passwordOf = (account: string) => `password-of-${account}`;
const as = (account: string, { url }: Pick<RedisServer, 'url'>) =>
  url.replace('//', `//${account}:${passwordOf(account)}@`);

/** The delivered accounts, with passwords, as settings of a server. */
async function withAccounts() {
  const folder = await tempFolder();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const text = await readFile(accounts, 'utf8');
  const file = join(folder.path, 'users.acl');
  await writeFile(
    file,
    text.replaceAll(/\$\{(\w+)_REDIS_PASSWORD:\?\}/g, (_, name) => passwordOf(name.toLowerCase())),
  );
  return ['--aclfile', file];
}

type Command = readonly [string, ...string[]];

/** What changes a stream, or all of them. */
const writes = (stream: string): readonly Command[] => [
  ['XADD', stream, '*', 'event', 'forged'],
  ['EVAL', `return redis.call('XADD', KEYS[1], '*', 'event', 'forged')`, '1', stream],
  ['EVAL', `return redis.call('XADD', '${stream}', '*', 'event', 'forged')`, '0'],
  ['EVAL', `return redis.call('DEL', KEYS[1])`, '1', stream],
  ['XDEL', stream, '1-0'],
  ['XTRIM', stream, 'MAXLEN', '0'],
  ['XSETID', stream, '99-0'],
  ['XGROUP', 'SETID', stream, 'group', '$'],
  ['XGROUP', 'DESTROY', stream, 'group'],
  ['EXPIRE', stream, '100'],
  ['COPY', stream, 'airline:copy'],
  ['RENAME', stream, 'airline:other'],
  ['DEL', stream],
  ['UNLINK', stream],
  ['SET', stream, 'text'],
  ['CONFIG', 'SET', 'maxmemory', '0'],
  ['CONFIG', 'GET', 'requirepass'],
  ['ACL', 'SETUSER', 'intruder', 'on', 'nopass', '+@all', '~*'],
  ['ACL', 'LIST'],
  ['SCRIPT', 'FLUSH'],
  ['FUNCTION', 'FLUSH'],
  ['CLIENT', 'LIST'],
  ['KEYS', '*'],
  ['SWAPDB', '0', '1'],
  ['SET', 'airline:apq:hash', 'text'],
  ['FLUSHDB'],
  ['FLUSHALL'],
];

const reads = (stream: string): readonly Command[] => [
  ['XRANGE', stream, '-', '+'],
  ['XREAD', 'STREAMS', stream, '0'],
  ['XREADGROUP', 'GROUP', 'group', 'me', 'STREAMS', stream, '>'],
  ['XINFO', 'STREAM', stream],
];

/** A stream of two entries, with a group. */
async function fill(url: string, stream: string): Promise<void> {
  await redisCommand(url, 'DEL', stream);
  for (const id of ['1-0', '2-0']) await redisCommand(url, 'XADD', stream, id, 'event', id);
  await redisCommand(url, 'XGROUP', 'CREATE', stream, 'group', '0');
}

/** A command of a script is refused in other words. */
const refused = /NOPERM|The user executing the script can't/;

async function expectRefused(url: string, commands: readonly Command[]): Promise<void> {
  for (const command of commands) {
    await expect(
      redisCommand(url, ...command),
      `${new URL(url).username}: ${command.join(' ')}`,
    ).rejects.toThrow(refused);
  }
}

/** Sends every mutation of each subgraph, with rows for it; what it refuses after another command is no matter. */
async function carryOutAll({ url, folder }: System): Promise<void> {
  for (const subgraph of await loadSubgraphs()) {
    const { name } = subgraph;
    await writeRows(subgraph, rowsOf(name, WORLD), join(folder, `${name}.sqlite`), () => new Date());
    for (const mutation of mutationsOf(name)) {
      const responses: GraphQLResponse[] = [];
      for (const variables of commandsOf(mutation))
        responses.push(await execute(url, mutation.text, variables));
      expect(responses, mutation.name).toContainEqual({ data: expect.anything() });
    }
  }
}

describe('Redis with an account for each service', requires('redis-server').options, () => {
  test('runs the whole saga, and the cache of the router', async () => {
    await using system = await startOnRedis({}, { settings: await withAccounts(), passwordOf });
    await settleWell(system, await load(system, 1));
    await carryOutAll(system);
    const operator = as('operator', system.redis);
    for (const service of services.filter((each) => Object.keys(subgraphs[each].events).length > 0)) {
      await until(`the stream of ${service} has events, of this load or of its mutations`, async () => {
        const events = await redisCommand(operator, 'XLEN', streamOf(service));
        return Number(events) > 0;
      });
    }
    // Those that stop release what they hold, and remove their names.
    await Promise.all(Object.values(system.processes).map((each) => each.stop()));
    expect(await redisCommand(operator, 'ACL', 'LOG')).toEqual([]);
  });

  test('refuses what writes a stream of another service, or harms all', async () => {
    await using redis = await startRedisServer(...(await withAccounts()));
    const operator = as('operator', redis);
    for (const service of services) {
      const url = as(service, redis);
      for (const other of services.filter((each) => each !== service)) {
        const stream = streamOf(other);
        await fill(operator, stream);
        await expectRefused(url, writes(stream));
        if (!listensTo(service).includes(other)) await expectRefused(url, reads(stream));
        const events = await redisCommand(operator, 'XRANGE', stream, '-', '+');
        expect(events).toEqual(['1-0', '2-0'].map((id) => [id, ['event', id]]));
      }
      const own = streamOf(service);
      const allowed = ['XADD', 'XTRIM', 'EVAL', 'DEL'];
      await expectRefused(url, [
        ...writes(own).filter(([name]) => !allowed.includes(name)),
        ['EVAL', `return redis.call('EXPIRE', KEYS[1], 1)`, '1', own],
      ]);
      expect(await redisCommand(url, 'XADD', own, '*', 'event', 'own')).toMatch(/-0$/);
    }
  });

  test('lets the router have its cache alone, and others nothing but a ping', async () => {
    await using redis = await startRedisServer(...(await withAccounts()));
    await fill(as('operator', redis), streamOf('flight'));
    const commands = [...writes(streamOf('flight')), ...reads(streamOf('flight'))];
    await expectRefused(redis.url, commands);
    await expectRefused(
      as('router', redis),
      commands.filter(([, key]) => key !== 'airline:apq:hash'),
    );
    expect(await redisCommand(redis.url, 'PING')).toBe('PONG');
    await expect(redisCommand(redis.url.replace('//', '//flight:guess@'), 'PING')).rejects.toThrow(
      'WRONGPASS',
    );
  });

  test('control: without accounts each of these succeeds', async () => {
    await using redis = await startRedisServer();
    const stream = streamOf('flight');
    for (const command of [...reads(stream), ...writes(stream)]) {
      await redisCommand(redis.url, 'DEL', 'airline:copy');
      await fill(redis.url, stream);
      await expect(redisCommand(redis.url, ...command), command.join(' ')).resolves.toBeDefined();
    }
  });
});

test(
  'a server is started with passwords of the environment, all of them',
  requires('redis-server').options,
  async () => {
    const port = await freePort();
    const passwords = Object.fromEntries(
      ['operator', 'router', ...services].map((name) => [
        `${name.toUpperCase()}_REDIS_PASSWORD`,
        passwordOf(name),
      ]),
    );
    const start = (env: Readonly<Record<string, string>>) =>
      startChild(join(delivery, 'redis-with-accounts'), [accounts, '--port', String(port), '--save', ''], {
        env: { PATH: process.env.PATH, ...env },
      });
    const { FLIGHT_REDIS_PASSWORD: _, ...missing } = passwords;
    const failed = start(missing);
    expect((await failed.ended).exit).not.toBe(0);
    expect(failed.output()).toContain('FLIGHT_REDIS_PASSWORD');

    const server = start(passwords);
    onTestFinished(async () => {
      server.signal('SIGKILL');
      await server.ended;
    });
    await server.printed(/Ready to accept connections/, 20_000);
    const url = `redis://flight:${passwordOf('flight')}@127.0.0.1:${port}`;
    await expect(redisCommand(url, 'XADD', streamOf('payment'), '*', 'event', 'forged')).rejects.toThrow(
      refused,
    );
    expect(await redisCommand(url, 'XADD', streamOf('flight'), '*', 'event', 'own')).toMatch(/-0$/);
  },
);
