import { loopTurns, until } from '@airline/testing';
import { describe, expect, test } from 'vitest';
import { SUBSCRIBE } from './facade.fixture.ts';
import { startTransports } from './transport.fixture.ts';
import { openSocket } from './web-socket.fixture.ts';

/** Two messages in one packet, so that the second is read before anything that the first has begun goes on. */
type Sent = Awaited<ReturnType<typeof openSocket>>;
function together({ socket, send }: Sent, ...messages: object[]): void {
  // ws writes at once; the sockets below it are corked for as long as this function runs.
  Reflect.get(socket, '_socket').cork();
  for (const message of messages) send(message);
  Reflect.get(socket, '_socket').uncork();
}

const operation = (id: string, query: string) => ({ id, type: 'subscribe', payload: { query } });
const complete = (id: string) => ({ id, type: 'complete' });

test('the event loop has a turn after each message, however many have come at once', async () => {
  using loop = loopTurns();
  const turns: number[] = [];
  const transports = await startTransports({ preparing: async () => void turns.push(loop.count()) });
  const socket = await openSocket(transports);
  await socket.initialise();
  together(socket, ...Array.from({ length: 20 }, (_, id) => operation(`${id}`, '{ anything }')));
  await until('all are prepared', () => turns.length === 20);
  expect(new Set(turns).size).toBe(20);
});

describe('an id that is used again at once', () => {
  test('is that of the new subscription, which can be ended', async () => {
    const transports = await startTransports();
    const socket = await openSocket(transports);
    await socket.initialise();
    together(socket, operation('1', SUBSCRIBE), complete('1'), operation('1', SUBSCRIBE));
    await until('the new one is subscribed', () => transports.counts().members === 1);
    transports.push(1);
    await until('it has its event', () => socket.of('1').length > 0);
    expect(socket.of('1')).toEqual([
      { id: '1', type: 'next', payload: { data: { numbers: 1 }, extensions: { cursor: '1' } } },
    ]);
    socket.send(complete('1'));
    await until('it has left', () => transports.counts().members === 0);
  });

  test.each(['preparing', 'executing'] as const)(
    'gets the result of the new mutation alone, if the old one was still %s',
    async (stage) => {
      const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      let entered = 0;
      const transports = await startTransports({
        [stage]: async () => {
          entered += 1;
          await gates[entered - 1]?.promise;
        },
      });
      const socket = await openSocket(transports);
      await socket.initialise();
      socket.send(operation('1', 'mutation Old { anything }'));
      await until('the old one waits', () => entered === 1);
      together(socket, complete('1'), operation('1', 'mutation New { anything }'));
      await until('the new one waits', () => entered === 2);
      gates[0]?.resolve();
      socket.send(operation('2', '{ anything }'));
      await until('the socket serves on', () => socket.of('2').length === 2);
      expect(socket.of('1')).toEqual([]);
      gates[1]?.resolve();
      await until('the new one has its result', () => socket.of('1').length === 2);
      expect(socket.of('1')).toEqual([
        { id: '1', type: 'next', payload: { data: { done: 'New' } } },
        { id: '1', type: 'complete' },
      ]);
      expect(transports.log).toEqual([]);
    },
  );

  test('may be used again after its operation has ended by itself', async () => {
    const transports = await startTransports();
    const socket = await openSocket(transports);
    await socket.initialise();
    for (const query of ['{ anything }', '{ refused }', '{ anything }', SUBSCRIBE]) {
      const before = socket.of('a "quoted" id').length;
      socket.send(operation('a "quoted" id', query));
      if (query === SUBSCRIBE) await until('it is subscribed', () => transports.counts().members === 1);
      else {
        const ends = () =>
          socket
            .of('a "quoted" id')
            .slice(before)
            .some(({ type }) => type !== 'next');
        await until('it ends', ends);
      }
    }
    expect(socket.of('a "quoted" id').map(({ type }) => type)).toEqual([
      'next',
      'complete',
      'error',
      'next',
      'complete',
    ]);
  });

  test('closes the socket while its operation is in flight, and what comes after that is not read', async () => {
    const transports = await startTransports();
    const socket = await openSocket(transports);
    await socket.initialise();
    const id = 'x'.repeat(500);
    together(
      socket,
      operation(id, SUBSCRIBE),
      operation(id, SUBSCRIBE),
      operation('2', 'mutation { anything }'),
    );
    expect(await socket.closed).toBe(4409);
    await until('nothing is left', () => transports.counts().members === 0);
    expect(transports.mutations()).toBe(0);
    expect(transports.log).toEqual([]);
  });
});

test('the end of an unknown operation is ignored', async () => {
  const transports = await startTransports();
  const socket = await openSocket(transports);
  await socket.initialise();
  // 1 is an id that the router itself may use.
  for (const id of ['1', 'unknown', '__proto__']) socket.send(complete(id));
  socket.send(operation('mine', SUBSCRIBE));
  await until('it is subscribed', () => transports.counts().members === 1);
  socket.send(complete('1'));
  socket.send(operation('2', '{ anything }'));
  await until('the socket serves on', () => socket.of('2').length === 2);
  expect(transports.counts().members).toBe(1);
});

describe('a query or mutation whose client', () => {
  test.each(['ends it', 'closes the socket'])('%s is aborted', async (how) => {
    const signals: AbortSignal[] = [];
    const transports = await startTransports({
      executing: (signal) => {
        signals.push(signal);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    });
    const socket = await openSocket(transports);
    await socket.initialise();
    socket.send(operation('1', 'mutation { anything }'));
    await until('it runs', () => signals.length === 1);
    if (how === 'ends it') socket.send(complete('1'));
    else socket.socket.close();
    await until('it is aborted', () => signals[0]?.aborted);
    expect(socket.of('1')).toEqual([]);
  });

  test('waits for the result is not', async () => {
    const signals: AbortSignal[] = [];
    const transports = await startTransports({ executing: async (signal) => void signals.push(signal) });
    const socket = await openSocket(transports);
    await socket.initialise();
    socket.send(operation('1', '{ anything }'));
    await until('it has its result', () => socket.of('1').length === 2);
    socket.socket.close();
    await socket.closed;
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});

describe('a token that expires', () => {
  test('ends the subscriptions of its socket, then the socket with 4403', async () => {
    const transports = await startTransports();
    const brief = await openSocket(transports);
    const lasting = await openSocket(transports);
    await Promise.all([brief.initialise({ authorization: 'brief' }), lasting.initialise()]);
    for (const id of ['1', '2']) brief.subscribe(id);
    lasting.subscribe('1');
    await until('all are subscribed', () => transports.counts().members === 3);
    transports.push(1);
    await until('all have the event', () => brief.of('2').length + lasting.of('1').length === 2);
    transports.expire();
    transports.push(2);
    expect(await brief.closed).toBe(4403);
    for (const id of ['1', '2']) {
      const [event, end, ...more] = brief.of(id);
      expect(event).toMatchObject({ type: 'next', payload: { data: { numbers: 1 } } });
      expect(end).toMatchObject({
        type: 'error',
        payload: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
      expect(more).toEqual([]);
    }
    await until('the other has the next event', () => lasting.of('1').length === 2);
    expect(transports.log).toEqual([]);
  });

  test('closes a socket without subscriptions, too', async () => {
    const transports = await startTransports();
    const { initialise, closed } = await openSocket(transports);
    await initialise({ authorization: 'brief' });
    transports.expire();
    expect(await closed).toBe(4403);
  });
});
