import { expect, test } from 'vitest';
import { consumedStreams, outboxStatus } from './status.ts';

const member = (name: string, idleMs: number, pending = 0) => ({ name, idleMs, pending });
const reader = (stream: string, members: ReturnType<typeof member>[]) => ({
  stream,
  progress: async () => ({ lag: 1, pending: 2, members }),
});
const self = { member: 'a', takeOverAfterMs: 100 };

test('a replica is as silent as the stream that it has read last, and holds what it holds of all', async () => {
  const readers = [
    reader('one', [member('b', 500, 3), member('a', 90, 1), member('c', 101)]),
    reader('two', [member('a', 700, 2), member('b', 300)]),
  ];
  expect(await consumedStreams(readers, self)).toEqual({
    streams: ['one', 'two'].map((stream) => ({ stream, lag: 1, pending: 2 })),
    replicas: [
      { name: 'a', idleMs: 90, pending: 3, silent: false },
      { name: 'b', idleMs: 300, pending: 3, silent: true },
      { name: 'c', idleMs: 101, pending: 0, silent: true },
    ],
  });
});

test('a service that consumes nothing has its own process for a replica', async () => {
  const replicas = [{ name: 'a', idleMs: 0, pending: 0, silent: false }];
  expect(await consumedStreams([], self)).toEqual({ streams: [], replicas });
});

test('of a transport that is away nothing is known', async () => {
  const away = { stream: 'one', progress: () => Promise.reject(new Error('away')) };
  await expect(consumedStreams([reader('two', []), away], self)).rejects.toThrow('away');
});

test.each([
  ['is away', () => Promise.reject(new Error('away'))],
  ['does not respond', () => new Promise<never>(() => {})],
])('what waits in an outbox is known while the stream %s', async (_how, status) => {
  const log = { last: async () => 5, age: async (seq: number) => seq * 1000 };
  const publishing = { status, published: async () => 3 };
  expect(await outboxStatus(publishing, log, new Date(), 1)).toEqual({ waiting: 2, oldestMs: 3000 });
});
